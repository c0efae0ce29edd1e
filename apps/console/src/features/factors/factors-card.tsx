import { isSameFactor } from '@latchkey/contract/factor';
import type { FactorList, User } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { userFactorsQuery } from '../../api/user-factors-query.ts';
import type { StatedRefusal } from '../../i18n/explain-allowance.ts';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { signInAsk } from '../../i18n/sign-in/sign-in-ask.ts';
import { signInWords } from '../../i18n/sign-in/sign-in-words.ts';
import { useReturnedIntent } from '../../session/use-returned-intent.ts';
import { Empty } from '../../ui/empty.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { type FactorRow, toFactorRows } from './factor-rows.ts';
import { FactorsHelp } from './factors-help.tsx';
import { useSeenRemovals } from './factors-queries.ts';
import { FactorsTable } from './factors-table.tsx';
import { removalRefusals } from './removal-refusals.ts';
import { RemovalIntent, useConfirmRemoval } from './use-confirm-removal.tsx';

type FactorsCardProps = {
  readonly user: User;
  /** What the page has said already about what the viewer may not do. */
  readonly stated: StatedRefusal | null;
};

/** What sign-in asks this person now, and every factor they have, each with its way out. */
export function FactorsCard({ user, stated }: FactorsCardProps) {
  const { data, error, dataUpdatedAt, refetch } = useQuery(userFactorsQuery(user.userId));
  const removals = useSeenRemovals(user.userId);
  const rows = data && toFactorRows(data.factors, dataUpdatedAt, removals);
  return (
    <section className="section" aria-labelledby="factors">
      <div className="title-line">
        <h2 id="factors">{t`Sign-in and factors`}</h2>
        <FactorsHelp />
      </div>
      {error ? (
        <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />
      ) : data === undefined || rows === undefined ? (
        <Skeleton rows={4} />
      ) : (
        <Factors user={user} stated={stated} rows={rows} list={data} />
      )}
    </section>
  );
}

type FactorsProps = FactorsCardProps & {
  readonly rows: readonly FactorRow[];
  readonly list: FactorList;
};

function Factors({ user, stated, rows, list }: FactorsProps) {
  const rules = list.signInRules ?? null;
  const present = rows.flatMap((row) => (row.kind === 'present' ? [row.factor] : []));
  const confirmRemoval = useConfirmRemoval(user, present, rules);
  useReturnedIntent(RemovalIntent, ({ factor, why }) => {
    const found = present.find((candidate) => isSameFactor(candidate, factor));
    if (found) void confirmRemoval(found, why);
  });
  const refusals = removalRefusals(user.actions, present, stated);
  return (
    <>
      <p className="sign-in-asks">
        <span className="muted">{t`Sign-in asks now:`}</span> {signInWords(signInAsk(present, rules))}
      </p>
      {list.signsInBy?.identityProvider && (
        <p className="refusal">{t`Signs in by an identity provider: their factors there are not ours.`}</p>
      )}
      {refusals.map(
        ({ id, words }) =>
          words !== null && (
            <p key={id} id={id} className="refusal">
              {words}
            </p>
          ),
      )}
      {rows.length === 0 ? (
        <Empty title={t`No factors: this person signs in with what is asked above.`} />
      ) : (
        <FactorsTable
          rows={rows}
          visible={{ added: list.addedVisible ?? false, lastUsed: list.lastUsedVisible ?? false }}
          refusals={refusals}
          onRemove={(factor) => void confirmRemoval(factor)}
        />
      )}
    </>
  );
}
