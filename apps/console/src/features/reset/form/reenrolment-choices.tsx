import type { Reenrolment, ResetOptions } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { Choice } from '../../../ui/choice.tsx';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { explainStep } from '../words/refusal-words.ts';

type ReenrolmentChoicesProps = {
  readonly steps: ResetOptions['steps'];
  readonly chosen: Reenrolment;
  readonly onChosen: (chosen: Reenrolment) => void;
};

/** How the person gets back in. */
export function ReenrolmentChoices({ steps, chosen, onChosen }: ReenrolmentChoicesProps) {
  const choices = [
    {
      value: 'none',
      label: t`Nothing is sent`,
      note: t`They sign in with their password, and set up anew what ZITADEL then asks for.`,
      refusal: null,
    },
    {
      value: 'passwordReset',
      label: t`Mail to set a new password`,
      note: t`ZITADEL sends it to their email address. Choose it where somebody else may know the password.`,
      refusal: explainStep(steps.passwordReset),
    },
    {
      value: 'passkeyLink',
      label: t`Link to register a passkey`,
      note: t`ZITADEL mails a link. Whoever opens it registers a passkey, which opens the account without a password.`,
      refusal: explainStep(steps.passkeyLink),
    },
  ] as const;
  return (
    <ChoiceGroup role="radiogroup" legend={t`How do they get back in?`}>
      {choices.map(({ value, label, note, refusal }) => (
        <Choice
          key={value}
          kind="radio"
          name="reenrolment"
          label={label}
          note={
            <>
              {note}
              {refusal !== null && (
                <p id={`no-${value}`} className="refusal">
                  {refusal}
                </p>
              )}
            </>
          }
          isChosen={chosen === value}
          refusedBy={refusal === null ? null : `no-${value}`}
          onChange={() => onChosen(value)}
        />
      ))}
    </ChoiceGroup>
  );
}
