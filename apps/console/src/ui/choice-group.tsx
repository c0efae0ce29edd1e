import { type ReactNode, type Ref, useId } from 'react';

type ChoiceGroupProps = {
  readonly ref?: Ref<HTMLFieldSetElement>;
  readonly role: 'radiogroup' | 'group';
  readonly legend: string;
  readonly note?: ReactNode;
  /** What is wrong with the choice; null when nothing is. */
  readonly error?: string | null;
  readonly isRequired?: boolean;
  readonly children: ReactNode;
};

/** Things to choose from under one heading. */
export function ChoiceGroup({ ref, role, legend, note, error = null, isRequired = false, children }: ChoiceGroupProps) {
  const id = useId();
  const hasNote = Boolean(note);
  const radio = role === 'radiogroup' && { 'aria-required': isRequired, 'aria-invalid': error !== null };
  return (
    <fieldset
      ref={ref}
      role={role}
      className="choice-group"
      aria-labelledby={id}
      aria-describedby={
        [hasNote && `${id}-note`, error !== null && `${id}-error`].filter(Boolean).join(' ') || undefined
      }
      {...radio}
    >
      <legend id={id}>{legend}</legend>
      {hasNote && (
        <div id={`${id}-note`} className="field-note">
          {note}
        </div>
      )}
      {error !== null && (
        <p id={`${id}-error`} className="field-error" role="alert">
          {error}
        </p>
      )}
      {children}
    </fieldset>
  );
}
