/**
 * A text in the form in which case does not count, letter by letter: what a letter becomes must not depend on its
 * neighbours (a final sigma does), because parts of texts are compared.
 */
export function foldCase(text: string): string {
  return Array.from(text, (letter) => letter.toLowerCase()).join('');
}

/**
 * Columns that are looked through together have a mark in common, which begins each of their grams: digits of a telephone
 * number are no candidates for an address.
 */
export const MARK = {
  username: 'u',
  email: 'u',
  given_name: 'n',
  family_name: 'n',
  display_name: 'n',
  nick_name: 'k',
  phone: 'p',
} as const;

export type SearchedColumn = keyof typeof MARK;

export const SEARCHED = Object.keys(MARK) as readonly SearchedColumn[];

/**
 * The document of a user in the index `user_grams`: every two and three letters that stand side by side in one of the
 * texts, every single sign that is neither a to z nor a digit (each of those is in nearly everybody's address), and every
 * five digits: of a million numbers, three digits are in too many.
 */
export function gramsOf(texts: Readonly<Record<SearchedColumn, string>>): string {
  const grams = new Set<string>();
  for (const column of SEARCHED) {
    const mark = MARK[column];
    for (const digits of fiveDigits(texts[column])) grams.add(mark + digits);
    const letters = Array.from(foldCase(texts[column]), toToken);
    for (const [at, letter] of letters.entries()) {
      const second = letters[at + 1];
      const third = letters[at + 2];
      if (!/[a-z0-9]/.test(letter)) grams.add(mark + letter);
      if (second !== undefined) grams.add(mark + letter + second);
      if (second !== undefined && third !== undefined) grams.add(mark + letter + second + third);
    }
  }
  return [...grams].join(' ');
}

/** Every five digits side by side. */
function fiveDigits(text: string): readonly string[] {
  return Array.from(text.matchAll(/(?=(\d{5}))/g), ([, digits = '']) => digits);
}

/**
 * Grams of a text that are enough to look for it, each once: five digits where there are some, else the longest.
 *
 * @returns none for an empty text, a single letter from a to z, a single digit.
 */
export function splitIntoGrams(text: string): readonly string[] {
  const digits = fiveDigits(text);
  if (digits.length > 0) return [...new Set(digits)];
  const letters = Array.from(foldCase(text), toToken);
  const [first, second] = letters;
  if (first === undefined) return [];
  if (second === undefined) return /[a-z0-9]/.test(first) ? [] : [first];
  if (letters.length === 2) return [first + second];
  return [...new Set(letters.slice(2).map((third, at) => `${letters[at] ?? ''}${letters[at + 1] ?? ''}${third}`))];
}

/** FTS5's `ascii` tokenizer parts words at signs; a private letter in place of each keeps a gram in one piece. */
function toToken(letter: string): string {
  return /[^a-z0-9\u0080-\u{10ffff}]/u.test(letter) ? String.fromCharCode(0xe000 + letter.charCodeAt(0)) : letter;
}
