import { t } from '@lingui/core/macro';
import { type Ref, useId } from 'react';

type ReasonFieldProps = {
  readonly ref: Ref<HTMLInputElement>;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maximumLength: number;
  readonly isMissing: boolean;
};

/** Why an act is done: one line, required, so that Enter can send it. */
export function ReasonField({ ref, value, onChange, maximumLength, isMissing }: ReasonFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className="field">
      <label htmlFor={id}>{t`Reason`}</label>
      <input
        ref={ref}
        id={id}
        // The dialog has one thing to type: the focus starts there.
        // biome-ignore lint/a11y/noAutofocus: WAI-ARIA APG, a dialog's focus starts at its first field
        autoFocus
        required
        autoComplete="off"
        maxLength={maximumLength}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        aria-invalid={isMissing || undefined}
        aria-describedby={noteId}
      />
      <p id={noteId} className={isMissing ? 'field-error' : 'field-note'}>
        {isMissing
          ? t`A reason is needed: a few words are enough.`
          : t`Required: a few words, such as "lost phone, identity checked by callback".`}
      </p>
    </div>
  );
}
