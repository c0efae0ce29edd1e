import type { User } from '@latchkey/contract/user';
import type { UserSessions } from '@latchkey/contract/user-session';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { explainAllowance, type StatedRefusal } from '../../i18n/explain-allowance.ts';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { useReturnedIntent } from '../../session/use-returned-intent.ts';
import { Empty } from '../../ui/empty.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { SessionRow } from './session-row.tsx';
import { EndIntent, useConfirmEnd } from './use-confirm-end.ts';
import { useEndedSessions, userSessionsQuery } from './user-sessions-queries.ts';

type SessionsCardProps = {
  readonly user: User;
  /** What the page has said already about what the viewer may not do. */
  readonly stated: StatedRefusal | null;
};

/** The sign-ins of a person that are open, as far as ZITADEL lists them. */
export function SessionsCard({ user, stated }: SessionsCardProps) {
  const { data, error, refetch } = useQuery(userSessionsQuery(user.userId));
  return (
    <section className="section" aria-labelledby="sessions">
      <h2 id="sessions">{t`Sessions`}</h2>
      {error ? (
        <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton rows={2} />
      ) : (
        <Sessions user={user} stated={stated} list={data} />
      )}
      <p className="section-note muted">
        {t`Sign-ins made on ZITADEL's own pages are not listed by it: only a lock or a deactivation stops those.`}
      </p>
    </section>
  );
}

function Sessions({ user, stated, list }: SessionsCardProps & { readonly list: UserSessions }) {
  const ended = useEndedSessions(user.userId);
  const confirmEnd = useConfirmEnd(user);
  const refusal = explainAllowance(list.actions.endSession);
  const isStated = stated !== null && stated.words === refusal;
  const refusalId = isStated ? stated.id : 'sessions-refusal';
  useReturnedIntent(EndIntent, ({ sessionId, why }) => {
    const session = list.sessions.find((candidate) => candidate.sessionId === sessionId);
    if (session) void confirmEnd(session, why);
  });
  if (list.sessions.length === 0) return <Empty title={t`No open session is listed.`} />;
  return (
    <>
      {refusal !== null && !isStated && (
        <p id={refusalId} className="refusal">
          {refusal}
        </p>
      )}
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t`Device`}</th>
            <th scope="col" className="wide-only">{t`Address`}</th>
            <th scope="col" className="wide-only">{t`Signed in`}</th>
            <th scope="col">{t`Checked by`}</th>
            <th scope="col">
              <span className="visually-hidden">{t`End session`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.sessions.map((session) => (
            <SessionRow
              key={session.sessionId}
              session={session}
              isEnded={ended.has(session.sessionId)}
              describedBy={refusal === null ? null : refusalId}
              onEnd={() => void confirmEnd(session)}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}
