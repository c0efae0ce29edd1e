import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Eight digits, as ZITADEL's one-time codes (zitadel.md 3.3). */
export function newCode(): string {
  return Array.from({ length: 8 }, () => randomInt(10)).join('');
}

/** Letters and digits that nobody mistakes for one another, for links and recovery codes. */
export function newLetterCode(length: number): string {
  return Array.from({ length }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
}
