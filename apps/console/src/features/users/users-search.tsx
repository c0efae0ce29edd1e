import { t } from '@lingui/core/macro';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

type UsersSearchProps = {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  /** The keyboard leaves the field for the first row. */
  readonly onLeave: () => void;
};

/** Between two letters of a quick typist: what is asked in between would be overtaken anyway. */
const pause = 90;

/** Searches as you type. `/` focuses it from anywhere on the page, the arrow down goes to the rows, Esc clears it. */
export function UsersSearch({ search, onSearch, onLeave }: UsersSearchProps) {
  const [text, setText] = useState(search);
  const [shown, setShown] = useState(search);
  const [sent, setSent] = useState<readonly string[]>([]);
  const field = useRef<HTMLInputElement>(null);
  useSlashToFocus(field);

  // The URL changed by itself (Back, a link): the field follows it. What it was sent may come back after the next letter
  // was typed; that must not take the letter away.
  if (search !== shown) {
    setShown(search);
    const answered = sent.lastIndexOf(search);
    setSent(sent.slice(answered + 1));
    if (answered === -1) setText(search);
  }

  useEffect(() => {
    if (text.trim() === search) return;
    const timer = setTimeout(() => {
      setSent((before) => [...before, text.trim()]);
      onSearch(text.trim());
    }, pause);
    return () => clearTimeout(timer);
  }, [text, search, onSearch]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      onLeave();
    } else if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      setText('');
    }
  };
  return (
    <search className="users-search">
      <label htmlFor="users-search">{t`Search people`}</label>
      <input
        ref={field}
        id="users-search"
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        placeholder={t`Name, login name, email, phone or id`}
        aria-keyshortcuts="/"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span className="key" aria-hidden="true">
        /
      </span>
    </search>
  );
}

function useSlashToFocus(field: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      const isOurs = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!isOurs || isTyping || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [field]);
}
