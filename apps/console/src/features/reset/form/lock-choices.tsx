import type { ResetOptions } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { formatDuration } from '../../../i18n/format.ts';
import { Choice } from '../../../ui/choice.tsx';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { explainStep } from '../words/refusal-words.ts';
import type { ResetForm } from './form-state.ts';

type LockChoicesProps = {
  readonly options: ResetOptions;
  readonly form: ResetForm;
  readonly onChange: (change: Pick<Partial<ResetForm>, 'lock' | 'keepLocked'>) => void;
};

/** The lock while the case runs, and what a longer one is good for. */
export function LockChoices({ options: { steps, user, refresh, dispute }, form, onChange }: LockChoicesProps) {
  const refusal = explainStep(steps.lock);
  const refusedBy = refusal === null ? null : 'no-lock';
  const idle = formatDuration(refresh.idle);
  const absolute = formatDuration(refresh.absolute);
  return (
    <ChoiceGroup role="group" legend={t`Lock`}>
      {refusal !== null && (
        <p id="no-lock" className="refusal">
          {refusal}
        </p>
      )}
      {dispute != null && (
        <p id="stays-locked" className="refusal">
          {t`The person pressed “this was not me”: the account stays locked. It is unlocked on their page, by somebody who has made sure.`}
        </p>
      )}
      <Choice
        kind="checkbox"
        label={t`Lock the account while the case runs`}
        note={
          user.state === 'locked' && dispute == null
            ? t`It is locked already. The case unlocks it at its end.`
            : t`Nobody signs in meanwhile, and what is signed in stops working. It is unlocked at the end.`
        }
        isChosen={refusedBy === null && form.lock}
        refusedBy={refusedBy}
        onChange={(lock) => onChange({ lock, keepLocked: lock && (form.keepLocked || dispute != null) })}
      />
      <Choice
        kind="checkbox"
        label={t`Keep it locked afterwards`}
        note={t`Refresh tokens of ended sessions live on: for ${absolute} at most, as configured by your operator. They sleep under a lock and wake at the unlock; kept locked for ${idle}, they are all dead.`}
        isChosen={refusedBy === null && form.keepLocked}
        refusedBy={refusedBy}
        onChange={(keepLocked) =>
          onChange(
            dispute != null ? { lock: keepLocked, keepLocked } : { keepLocked, ...(keepLocked && { lock: true }) },
          )
        }
      />
    </ChoiceGroup>
  );
}
