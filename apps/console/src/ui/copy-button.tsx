import { t } from '@lingui/core/macro';
import { useEffect, useState } from 'react';
import { announce } from './announce.tsx';
import { Button } from './button.tsx';

type CopyButtonProps = {
  readonly value: string;
  /** What is copied, for the button's name: "user id". */
  readonly what: string;
};

/** Copies a value and says so, in place. */
export function CopyButton({ value, what }: CopyButtonProps) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setIsCopied(true);
    announce(t`Copied`);
  };
  return (
    <Button
      tone="quiet"
      aria-label={t`Copy ${what}`}
      onClick={() => void copy().catch(() => announce(t`Copying failed`))}
    >
      {isCopied ? t`Copied` : t`Copy`}
    </Button>
  );
}
