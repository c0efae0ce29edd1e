/** The languages the page speaks, each by its own name. */
export const locales = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  it: 'Italiano',
  pt: 'Português',
  pl: 'Polski',
  ja: '日本語',
  zh: '中文',
  ar: 'العربية',
} as const;
export type Locale = keyof typeof locales;

/** Whether a text names one of them. */
export const isLocale = (candidate: string): candidate is Locale => Object.hasOwn(locales, candidate);

const rightToLeft: ReadonlySet<string> = new Set(['ar']);

/** The direction in which a language is written. */
export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (rightToLeft.has(locale) ? 'rtl' : 'ltr');

/**
 * The first language of `wanted` that the page speaks, by its base language ("de-AT" is "de"); English when none is.
 *
 * @param wanted BCP 47 tags, the most wanted first, as in `navigator.languages`
 */
export function pickLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0] ?? '';
    if (isLocale(base)) return base;
  }
  return 'en';
}
