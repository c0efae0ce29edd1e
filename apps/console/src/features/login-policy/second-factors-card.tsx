import { type LoginPolicy, type SecondFactorType, secondFactorTypes } from '@latchkey/contract/login-policy';
import { t } from '@lingui/core/macro';
import { useRef, useState } from 'react';
import { explainAllowance } from '../../i18n/explain-allowance.ts';
import { factorWord } from '../../i18n/factor-words.ts';
import { useReturnedIntent } from '../../session/use-returned-intent.ts';
import { Button } from '../../ui/button.tsx';
import type { Why } from '../../ui/confirm-store.ts';
import { StateDot } from '../../ui/state-dot.tsx';
import type { SecondFactorChange } from './login-policy-queries.ts';
import { ChangeIntent, useConfirmChange } from './use-confirm-change.ts';

type Act = SecondFactorChange['act'];

/** The second factor types: what is allowed, what is not, and the way from one to the other. */
export function SecondFactorsCard({ policy }: { readonly policy: LoginPolicy }) {
  const confirmChange = useConfirmChange(policy);
  const [changed, setChanged] = useState<ReadonlyMap<SecondFactorType, Act>>(new Map());
  const refusal = explainAllowance(policy.actions.changeSecondFactors);
  const list = useRef<HTMLUListElement>(null);

  const change = async (act: Act, type: SecondFactorType, why?: Why) => {
    if ((await confirmChange(act, type, why)) !== 'done') return;
    setChanged((before) => new Map(before).set(type, act));
    // The button changes its meaning under the focus: the row that now says what was done takes it.
    list.current?.querySelector<HTMLElement>(`[data-type="${type}"]`)?.focus();
  };

  useReturnedIntent(ChangeIntent, ({ change: act, type, why }) => void change(act, type, why));

  return (
    <section className="section" aria-labelledby="second-factors">
      <h2 id="second-factors">{t`Second factors`}</h2>
      {refusal !== null && (
        <p id="policy-refusal" className="refusal">
          {refusal}
        </p>
      )}
      <ul ref={list} className="rows policy-rows">
        {secondFactorTypes.map((type) => (
          <SecondFactorLine
            key={type}
            type={type}
            isAllowed={policy.secondFactors.includes(type)}
            lastAct={changed.get(type) ?? null}
            isRefused={refusal !== null}
            onChange={(act) => void change(act, type)}
          />
        ))}
      </ul>
    </section>
  );
}

type SecondFactorLineProps = {
  readonly type: SecondFactorType;
  readonly isAllowed: boolean;
  readonly lastAct: Act | null;
  readonly isRefused: boolean;
  readonly onChange: (act: Act) => void;
};

function SecondFactorLine({ type, isAllowed, lastAct, isRefused, onChange }: SecondFactorLineProps) {
  const word = factorWord(type);
  const act = isAllowed ? 'remove' : 'add';
  return (
    <li data-type={type} tabIndex={-1}>
      <span className="factor-word">{word}</span>
      <span className="factor-state">
        {isAllowed ? <StateDot tone="ok" word={t`allowed`} /> : <StateDot tone="muted" word={t`not allowed`} />}
      </span>
      <span className="row-note muted">{lastActWords(lastAct, isAllowed)}</span>
      <Button
        tone={isAllowed ? 'danger' : 'plain'}
        aria-label={isAllowed ? t`Remove ${word}` : t`Add back ${word}`}
        aria-describedby={isRefused ? 'policy-refusal' : undefined}
        isDisabled={isRefused}
        onClick={() => onChange(act)}
      >
        {isAllowed ? t`Remove` : t`Add back`}
      </Button>
    </li>
  );
}

function lastActWords(lastAct: Act | null, isAllowed: boolean): string | null {
  if (lastAct === 'remove' && !isAllowed) return t`Removed just now by you`;
  if (lastAct === 'add' && isAllowed) return t`Added just now by you`;
  return null;
}
