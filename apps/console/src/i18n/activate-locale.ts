import { i18n, type Messages } from '@lingui/core';
import { directionOf, type Locale } from './locales.ts';

const catalogues: Record<Locale, () => Promise<{ messages: Messages }>> = {
  en: () => import('./locales/en.po'),
};

/** Loads a language's catalogue and turns the page to it: its words, `lang` and `dir`. */
export async function activateLocale(locale: Locale): Promise<void> {
  const { messages } = await catalogues[locale]();
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
}
