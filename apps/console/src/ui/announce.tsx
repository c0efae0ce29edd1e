import { useEffect, useRef } from 'react';

let region: HTMLElement | null = null;

/** Says something to a screen reader, politely, without moving anything. */
export function announce(text: string): void {
  if (region === null) return;
  // The same text twice is read twice only when the node changes.
  region.replaceChildren(Object.assign(document.createElement('p'), { textContent: text }));
}

/** The page's one live region; mounted once, in the frame. */
export function LiveRegion() {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    region = ref.current;
    return () => {
      region = null;
    };
  }, []);
  return <div ref={ref} role="status" aria-live="polite" className="visually-hidden" />;
}
