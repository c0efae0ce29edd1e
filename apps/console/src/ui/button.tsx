import type { ButtonHTMLAttributes, ReactNode } from 'react';

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'className' | 'type'> & {
  readonly children: ReactNode;
  /** `main`: the one act of the place; `danger`: leads to a removal; `dangerMain`: removes. */
  readonly tone?: 'plain' | 'main' | 'danger' | 'dangerMain' | 'quiet';
  readonly type?: 'button' | 'submit';
  /** Cannot be used now. Stays reachable by keyboard, so that the reason beside it can be heard. */
  readonly isDisabled?: boolean;
};

/** The platform's button in our look; disabled ones stay focusable. */
export function Button({ tone = 'plain', type = 'button', isDisabled = false, onClick, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={`button button-${tone}`}
      aria-disabled={isDisabled || undefined}
      onClick={(event) => {
        if (isDisabled) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
