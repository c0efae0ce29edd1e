import { i18n, type Messages } from '@lingui/core';
import { directionOf, isLocale, type Locale } from './locales.ts';

/** The words of a part of the page, in each language, loaded when they are needed. */
export type Catalogue = Record<Locale, () => Promise<{ messages: Messages }>>;

const ofEveryPage: Catalogue = {
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

/** What was loaded beside the words of every page, or is about to be. */
const parts = new Map<Catalogue, Promise<void>>();

/** Loads a language's catalogues and turns the page to it: its words, `lang` and `dir`. */
export async function activateLocale(locale: Locale): Promise<void> {
  const catalogues = await Promise.all([ofEveryPage, ...parts.keys()].map((catalogue) => catalogue[locale]()));
  // Dates and numbers follow the region the browser names: en-GB writes another date than en-US.
  const regional = navigator.languages.filter((tag) => tag.startsWith(`${locale}-`));
  const messages: Messages = Object.assign({}, ...catalogues.map((catalogue) => catalogue.messages));
  i18n.loadAndActivate({ locale, locales: [...regional, locale], messages });
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
}

/**
 * Loads the words of a part of the page, in the language it is in; a change of language brings them along from then on.
 *
 * @throws when they cannot be fetched: the next call tries again
 */
export function loadWords(catalogue: Catalogue): Promise<void> {
  const under = parts.get(catalogue);
  if (under !== undefined) return under;
  const loading = load(catalogue).catch((error: unknown) => {
    parts.delete(catalogue);
    throw error;
  });
  parts.set(catalogue, loading);
  return loading;
}

async function load(catalogue: Catalogue): Promise<void> {
  const { locale } = i18n;
  if (isLocale(locale)) i18n.load(locale, (await catalogue[locale]()).messages);
}
