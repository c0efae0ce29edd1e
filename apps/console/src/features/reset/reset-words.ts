import type { Catalogue } from '../../i18n/activate-locale.ts';

/** The words of the reset's pages, loaded with them. */
export const resetWords: Catalogue = {
  en: () => import('./locales/reset-en.po'),
  de: () => import('./locales/reset-de.po'),
  fr: () => import('./locales/reset-fr.po'),
  es: () => import('./locales/reset-es.po'),
  it: () => import('./locales/reset-it.po'),
  pt: () => import('./locales/reset-pt.po'),
  pl: () => import('./locales/reset-pl.po'),
  ja: () => import('./locales/reset-ja.po'),
  zh: () => import('./locales/reset-zh.po'),
  ar: () => import('./locales/reset-ar.po'),
};
