import { ENGLISH } from '../texts/english.ts';

/** The text of a key in one language; a key without a text is its own, as in ZITADEL. */
export type Translate = (key: string) => string;

export const untranslated: Translate = (key) => key;

export const english: Translate = (key) => ENGLISH[key] ?? key;

/** Texts by language (two letters); a language or text that is missing falls back to English. */
export type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * @param languages in order of preference, for example from `Accept-Language`; empty for the instance's own.
 */
export function translator(texts: Texts, languages: readonly string[]): Translate {
  const found = languages.map((language) => texts[language.toLowerCase().split('-')[0] ?? '']).find(Boolean);
  return (key) => found?.[key] ?? english(key);
}

/** Languages of an `Accept-Language` header, best first (RFC 9110, 12.5.4). */
export function acceptedLanguages(header: string | null): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((entry) => {
      const [language = '', ...parameters] = entry.trim().split(';');
      const quality = parameters.map((each) => /^\s*q=([\d.]+)$/.exec(each)?.[1]).find((q) => q !== undefined);
      return { language, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => language !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ language }) => language);
}
