import { useId } from 'react';

type InputFieldProps = {
  readonly label: string;
  readonly type: 'text' | 'date';
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** A small field of a row of filters. */
export function InputField({ label, type, value, onChange }: InputFieldProps) {
  const id = useId();
  return (
    <div className="field input-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
