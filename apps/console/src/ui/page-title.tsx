import { type ReactNode, useEffect, useRef } from 'react';

let isFocusOwed = false;

/**
 * Gives the focus to the title of the page that was just gone to: now, or as soon as its title is there. Without it a
 * screen reader stays silent and the next Tab starts from nowhere. Whoever comes back to a list finds themselves on the
 * row they left from: the page marks it with `data-focus-first`.
 */
export function focusPageTitle(): void {
  const target =
    document.querySelector<HTMLElement>('main [data-focus-first]') ??
    document.querySelector<HTMLElement>('main h1[tabindex]');
  target?.focus();
  isFocusOwed = target === null;
}

type PageTitleProps = {
  readonly children: ReactNode;
  /** For the tab; the name of the product is added. */
  readonly documentTitle: string;
};

/** A page's one h1, with the document's title. */
export function PageTitle({ children, documentTitle }: PageTitleProps) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFocusOwed) return;
    isFocusOwed = false;
    if (document.activeElement === null || document.activeElement === document.body) ref.current?.focus();
  }, []);
  return (
    <>
      <title>{`${documentTitle} · Latchkey`}</title>
      <h1 ref={ref} tabIndex={-1}>
        {children}
      </h1>
    </>
  );
}
