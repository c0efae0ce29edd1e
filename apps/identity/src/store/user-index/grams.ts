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
 * texts, and every single sign that is neither a to z nor a digit (each of those is in nearly everybody's address).
 */
export function gramsOf(texts: Readonly<Record<SearchedColumn, string>>): string {
  const grams = new Set<string>();
  for (const column of SEARCHED) {
    const mark = MARK[column];
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

/**
 * The FTS5 query that finds everybody of whom the column, or one of its like, may contain this text, and a few more.
 *
 * @returns undefined when nothing is narrowed: an empty text, a single letter from a to z, a single digit.
 */
export function gramQuery(column: SearchedColumn, text: string): string | undefined {
  const letters = Array.from(foldCase(text), toToken);
  const [first, second] = letters;
  if (first === undefined) return undefined;
  const quote = (gram: string) => `"${MARK[column]}${gram}"`;
  if (second === undefined) return /[a-z0-9]/.test(first) ? undefined : quote(first);
  if (letters.length === 2) return quote(first + second);
  const grams = letters.slice(2).map((letter, at) => `${letters[at] ?? ''}${letters[at + 1] ?? ''}${letter}`);
  return [...new Set(grams)].map(quote).join(' AND ');
}

/** FTS5's `ascii` tokenizer parts words at signs; a private letter in place of each keeps a gram in one piece. */
function toToken(letter: string): string {
  return /[^a-z0-9\u0080-\u{10ffff}]/u.test(letter) ? String.fromCharCode(0xe000 + letter.charCodeAt(0)) : letter;
}
