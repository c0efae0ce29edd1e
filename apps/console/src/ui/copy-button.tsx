import { t } from '@lingui/core/macro';
import { useEffect, useState } from 'react';
import { announce } from './announce.tsx';
import { Button } from './button.tsx';

type CopyButtonProps = {
  readonly value: string;
  /** What is copied, for the button's name: "user id". */
  readonly what: string;
};

/** Copies a value and says in place how that went, for two seconds. */
export function CopyButton({ value, what }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 2_000);
    return () => clearTimeout(timer);
  }, [outcome]);

  const say = (what: 'copied' | 'failed') => {
    setOutcome(what);
    announce(words(what));
  };
  // A page without a secure context has no clipboard at all: that is a failure, too.
  const copy = async () => await navigator.clipboard.writeText(value);
  return (
    <Button
      tone="quiet"
      aria-label={t`Copy ${what}`}
      onClick={() =>
        void copy().then(
          () => say('copied'),
          () => say('failed'),
        )
      }
    >
      {words(outcome)}
    </Button>
  );
}

function words(outcome: 'copied' | 'failed' | null): string {
  switch (outcome) {
    case 'copied':
      return t`Copied`;
    case 'failed':
      return t`Copying failed`;
    case null:
      return t`Copy`;
  }
}
