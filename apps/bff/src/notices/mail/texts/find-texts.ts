import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import type { NoticeTexts } from './notice-texts.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { zh } from './zh.ts';

/** The languages of the console, and of mails. */
export const noticeTexts = { en, de, fr, es, it, pt, pl, ja, zh, ar } satisfies Record<string, NoticeTexts>;

export type NoticeLanguage = keyof typeof noticeTexts;

/** @param preferred BCP 47 as ZITADEL has it, such as `de` or `de-CH`; what we have no words in becomes English. */
export function findLanguage(preferred: string): NoticeLanguage {
  const [primary = ''] = preferred.toLowerCase().split(/[-_]/, 1);
  return Object.hasOwn(noticeTexts, primary) ? (primary as NoticeLanguage) : 'en';
}
