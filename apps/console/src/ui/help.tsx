import { t } from '@lingui/core/macro';
import { type ReactNode, useEffect, useId, useState } from 'react';

/** What this page does and does not do, behind a `?`, for the button and the key of that name. */
export function Help({ children }: { readonly children: ReactNode }) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      if (event.key === '?' && !isTyping && !document.querySelector('[role="dialog"]')) setIsOpen((before) => !before);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      <button
        type="button"
        className="help-button"
        aria-label={t`Help`}
        aria-keyshortcuts="?"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        ?
      </button>
      <div id={id} className="help" hidden={!isOpen}>
        {children}
      </div>
    </>
  );
}
