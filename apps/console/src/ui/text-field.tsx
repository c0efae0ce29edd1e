import { type Ref, useId } from 'react';

type TextFieldProps = {
  readonly ref?: Ref<HTMLInputElement>;
  readonly label: string;
  readonly note: string;
  /** What is wrong with the value, in place of the note; null when nothing is. */
  readonly error: string | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maximumLength: number;
  readonly isRequired?: boolean;
  /** What Enter does, where it is not to send the form around. */
  readonly onEnter?: () => void;
  /** The dialog around it starts here. */
  readonly isFocusedFirst?: boolean;
};

/**
 * Whether a dialog does not fit the window: zoomed in four times (WCAG 1.4.10), or over a keyboard on the screen. Then
 * the focus starts at the dialog itself: the first field would scroll the title, with whom it is about, out of sight.
 */
const isLow = (): boolean => matchMedia('(height < 30rem)').matches;

/** One line of text with its label and its note; Enter sends the form. */
export function TextField({ ref, label, note, error, maximumLength, ...field }: TextFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={ref}
        id={id}
        // biome-ignore lint/a11y/noAutofocus: WAI-ARIA APG, a dialog's focus starts at its first field
        autoFocus={field.isFocusedFirst && !isLow()}
        required={field.isRequired}
        autoComplete="off"
        maxLength={maximumLength}
        value={field.value}
        onChange={(event) => field.onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !field.onEnter) return;
          event.preventDefault();
          field.onEnter();
        }}
        aria-invalid={error !== null || undefined}
        aria-describedby={noteId}
      />
      <p id={noteId} className={error === null ? 'field-note' : 'field-error'}>
        {error ?? note}
      </p>
    </div>
  );
}
