import type { KeyboardEvent } from 'react';

/** Arrows, Home and End move between the rows of a table whose rows open (`openRow`), once one of them has the focus. */
export function moveBetweenRows(event: KeyboardEvent<HTMLTableElement>): void {
  const links = [...event.currentTarget.querySelectorAll<Element>('tbody th a')];
  const row = document.activeElement ? links.indexOf(document.activeElement) : -1;
  const target = row === -1 ? undefined : links[rowAfter(event.key, row, links.length) ?? -1];
  if (!(target instanceof HTMLElement)) return;
  event.preventDefault();
  target.focus();
}

function rowAfter(key: string, row: number, rows: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(row + 1, rows - 1);
    case 'ArrowUp':
      return Math.max(row - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return rows - 1;
    default:
      return null;
  }
}
