import type { MouseEvent } from 'react';

/**
 * Makes a whole row open like the link in it: a click goes there, with the middle button or a modifier in a new tab.
 * The link stays the one thing that keyboards and screen readers operate. Marking text with the mouse opens nothing.
 */
export function openRow(event: MouseEvent): void {
  const { target } = event;
  if (event.defaultPrevented || !(target instanceof Element) || target.closest('a, button')) return;
  const link = target.closest('tr')?.querySelector<HTMLAnchorElement>('th a');
  if (!link || hasMarkedText()) return;
  if (event.button === 1 || event.ctrlKey || event.metaKey) window.open(link.href, '_blank', 'noopener');
  else if (event.button === 0) link.click();
}

const hasMarkedText = (): boolean => document.getSelection()?.type === 'Range';
