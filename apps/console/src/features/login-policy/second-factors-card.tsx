import { type LoginPolicy, type SecondFactorType, secondFactorTypes } from '@latchkey/contract/login-policy';
import { t } from '@lingui/core/macro';
import { useRef, useState } from 'react';
import { hasCode } from '../../api/api-error.ts';
import { explainAllowance } from '../../i18n/explain-allowance.ts';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { useReturnedIntent } from '../../session/use-returned-intent.ts';
import type { Why } from '../../ui/confirm-store.ts';
import { Trouble } from '../../ui/trouble.tsx';
import { useChangeSecondFactor } from './login-policy-queries.ts';
import { usePolicyApprovals } from './policy-approvals.ts';
import { type Act, type LastAct, SecondFactorLine } from './second-factor-line.tsx';
import { ChangeIntent, useConfirmChange } from './use-confirm-change.tsx';

/** The second factor types: what is allowed, what is not, and the way from one to the other. */
export function SecondFactorsCard({ policy }: { readonly policy: LoginPolicy }) {
  const approvals = usePolicyApprovals(policy);
  const confirmChange = useConfirmChange(policy, approvals);
  const undo = useChangeSecondFactor();
  const [lastActs, setLastActs] = useState<ReadonlyMap<SecondFactorType, LastAct>>(new Map());
  const refusal = explainAllowance(policy.actions.changeSecondFactors);
  const list = useRef<HTMLUListElement>(null);

  const remember = (act: Act, type: SecondFactorType) => {
    setLastActs((before) => new Map(before).set(type, { act, at: Date.now() }));
    // The button changes its meaning under the focus: the row that now says what was done takes it.
    list.current?.querySelector<HTMLElement>(`[data-type="${type}"]`)?.focus();
  };
  const change = async (act: Act, type: SecondFactorType, why?: Why) => {
    if ((await confirmChange(act, type, why)) === 'done') remember(act, type);
  };
  const addBack = async (type: SecondFactorType) => {
    const why = { reason: t`Undone at once` };
    try {
      await undo.mutateAsync({ act: 'add', type, why });
      remember('add', type);
    } catch (error) {
      // A fresh sign-in or a second person has to be asked for in the dialog, where there is a way back to it.
      if (hasCode(error, 'step_up_required', 'approval_required')) await change('add', type, why);
    }
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
      {undo.error && !hasCode(undo.error, 'step_up_required', 'approval_required') && (
        <Trouble {...explainFailure(undo.error, 'change')} />
      )}
      <ul ref={list} className="rows policy-rows">
        {secondFactorTypes.map((type) => (
          <SecondFactorLine
            key={type}
            type={type}
            isAllowed={policy.secondFactors.includes(type)}
            last={lastActs.get(type) ?? null}
            isRefused={refusal !== null}
            approval={approvals(policy.secondFactors.includes(type) ? 'remove' : 'add', type)}
            onChange={(act) => void change(act, type)}
            onUndo={() => void addBack(type)}
          />
        ))}
      </ul>
    </section>
  );
}
