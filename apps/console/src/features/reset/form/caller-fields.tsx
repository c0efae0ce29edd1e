import type { ResetOptions } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import type { Ref } from 'react';
import { Choice } from '../../../ui/choice.tsx';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { type CallerHow, callerGuidance, callerWords } from '../words/caller-words.ts';
import { CallerCodeFields, type CallerCodeProps } from './caller-code-fields.tsx';
import { PhoneOnRecord } from './who-this-is.tsx';

type CallerFieldsProps = Omit<CallerCodeProps, 'channels'> & {
  readonly ref: Ref<HTMLFieldSetElement>;
  readonly options: ResetOptions;
  readonly how: CallerHow | null;
  readonly isMissing: boolean;
  readonly onHow: (how: CallerHow) => void;
};

/** How the caller was verified. Nothing is chosen beforehand: a default would be believed. */
export function CallerFields({ ref, options, how, isMissing, onHow, ...code }: CallerFieldsProps) {
  const channels = options.channels ?? [];
  const choices: readonly CallerHow[] = ['callBack', 'videoWithBadge', 'managerConfirms'];
  const choice = (candidate: CallerHow) => ({
    kind: 'radio' as const,
    name: 'caller',
    label: callerWords(candidate),
    note: callerGuidance(candidate),
    isChosen: how === candidate,
    onChange: () => onHow(candidate),
  });
  return (
    <ChoiceGroup
      ref={ref}
      role="radiogroup"
      legend={t`How was the caller verified?`}
      note={t`Birth date, employee number and the like are no choice here: attackers know them, too.`}
      error={isMissing ? t`Choose how you made sure who is calling.` : null}
      isRequired
    >
      {choices.map((candidate) => (
        <Choice key={candidate} {...choice(candidate)}>
          {candidate === 'callBack' && how === candidate && (
            <p className="form-buttons">
              <PhoneOnRecord phone={options.user.phone} />
            </p>
          )}
        </Choice>
      ))}
      {channels.length > 0 && (
        <Choice {...choice('code')}>{how === 'code' && <CallerCodeFields channels={channels} {...code} />}</Choice>
      )}
    </ChoiceGroup>
  );
}
