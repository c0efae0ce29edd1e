import { type ReactNode, useEffect, useRef } from 'react';

/** A title that is not there yet is owed the focus, unless the person goes elsewhere with it meanwhile. */
let owed: { readonly heldBy: Element | null } | null = null;

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
  // The title of the page that was left may still be there, hidden while the next one loads: it takes no focus.
  const isGiven = target !== null && document.activeElement === target;
  owed = isGiven ? null : { heldBy: document.activeElement };
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
    if (owed === null) return;
    const { heldBy } = owed;
    owed = null;
    // The link that led here may still have it: it stands in the bar, which stays.
    if ([heldBy, document.body, null].includes(document.activeElement)) ref.current?.focus();
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
