import { readPreference, writePreference } from './preference.ts';

/** `system` follows the browser. */
export type Theme = 'system' | 'light' | 'dark';

/** The theme that was chosen. */
export function readTheme(): Theme {
  const kept = readPreference('theme');
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** Turns the page to a theme and keeps the choice. */
export function chooseTheme(theme: Theme): void {
  writePreference('theme', theme === 'system' ? null : theme);
  applyTheme(theme);
}

/** Turns the page to a theme (styles/tokens.css). */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
