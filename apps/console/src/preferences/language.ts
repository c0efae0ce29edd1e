import { activateLocale } from '../i18n/activate-locale.ts';
import { isLocale, type Locale, pickLocale } from '../i18n/locales.ts';
import { readPreference, writePreference } from './preference.ts';

/** The language that was chosen; null when the browser's own is followed. */
export function readLanguage(): Locale | null {
  const kept = readPreference('language');
  return kept !== null && isLocale(kept) ? kept : null;
}

/** The language to show: the chosen one, else the first of the browser's that the page speaks. */
export const shownLanguage = (): Locale => readLanguage() ?? pickLocale(navigator.languages);

/** Turns the page to a language and keeps the choice. */
export async function chooseLanguage(language: Locale | null): Promise<void> {
  writePreference('language', language);
  await activateLocale(shownLanguage());
}
