import { type ReactNode, useId } from 'react';

type ChoiceProps = {
  readonly kind: 'radio' | 'checkbox';
  readonly label: ReactNode;
  readonly note?: ReactNode;
  /** The group's name, for radios. */
  readonly name?: string;
  readonly isChosen: boolean;
  readonly onChange: (isChosen: boolean) => void;
  /** The id of the sentence that says why it cannot be chosen; null when it can. */
  readonly refusedBy?: string | null;
  /** What goes with it once it is chosen. */
  readonly children?: ReactNode;
};

/** One thing to choose, with what there is to know about it. Refused ones stay reachable, so that the reason is heard. */
export function Choice({ kind, label, note, name, isChosen, onChange, refusedBy = null, children }: ChoiceProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const describedBy = [note ? noteId : null, refusedBy].filter(Boolean).join(' ');
  return (
    <div className="choice">
      <input
        id={id}
        type={kind}
        name={name ?? id}
        checked={isChosen}
        aria-disabled={refusedBy !== null || undefined}
        aria-describedby={describedBy || undefined}
        onChange={(event) => {
          if (refusedBy === null) onChange(event.currentTarget.checked);
        }}
      />
      <label htmlFor={id}>{label}</label>
      {note && (
        <div id={noteId} className="field-note">
          {note}
        </div>
      )}
      {children && <div className="choice-more">{children}</div>}
    </div>
  );
}
