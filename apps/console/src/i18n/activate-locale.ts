import { i18n, type Messages } from '@lingui/core';
import { directionOf, type Locale } from './locales.ts';

const catalogues: Record<Locale, () => Promise<{ messages: Messages }>> = {
  en: () => import('./locales/en.po'),
  de: () => import('./locales/de.po'),
  fr: () => import('./locales/fr.po'),
  es: () => import('./locales/es.po'),
  it: () => import('./locales/it.po'),
  pt: () => import('./locales/pt.po'),
  pl: () => import('./locales/pl.po'),
  ja: () => import('./locales/ja.po'),
  zh: () => import('./locales/zh.po'),
  ar: () => import('./locales/ar.po'),
};

/** Loads a language's catalogue and turns the page to it: its words, `lang` and `dir`. */
export async function activateLocale(locale: Locale): Promise<void> {
  const { messages } = await catalogues[locale]();
  // Dates and numbers follow the region the browser names: en-GB writes another date than en-US.
  const regional = navigator.languages.filter((tag) => tag.startsWith(`${locale}-`));
  i18n.loadAndActivate({ locale, locales: [...regional, locale], messages });
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
}
