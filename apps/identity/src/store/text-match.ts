import { type RawBuilder, sql } from 'kysely';

/** ZITADEL's `TEXT_QUERY_METHOD_*`. */
export interface TextMethod {
  readonly match: 'equals' | 'startsWith' | 'contains' | 'endsWith';
  readonly ignoreCase: boolean;
}

/**
 * A condition on a text column. Case is ignored letter by letter in every script, as PostgreSQL's lower() does: SQLite's
 * LIKE knows a to z only, so for a text of other letters each becomes a class of GLOB with its other form, which takes
 * three times as long.
 *
 * @param column one of our own names, never a caller's.
 */
export function matchesText(column: string, { match, ignoreCase }: TextMethod, text: string): RawBuilder<boolean> {
  const ref = sql.ref(column);
  if (match === 'equals' && !ignoreCase) return sql<boolean>`${ref} = ${text}`;
  if (ignoreCase && isAscii(text)) {
    const letters = text.replace(/[\\%_]/g, '\\$&');
    return sql<boolean>`${ref} LIKE ${around(match, letters, '%')} ESCAPE '\\'`;
  }
  const letters = Array.from(text, ignoreCase ? inEitherCase : literally).join('');
  return sql<boolean>`${ref} GLOB ${around(match, letters, '*')}`;
}

function isAscii(text: string): boolean {
  return Array.from(text).every((letter) => letter <= '\x7f');
}

function around(match: TextMethod['match'], letters: string, anything: '%' | '*'): string {
  switch (match) {
    case 'equals':
      return letters;
    case 'startsWith':
      return `${letters}${anything}`;
    case 'endsWith':
      return `${anything}${letters}`;
    case 'contains':
      return `${anything}${letters}${anything}`;
  }
}

function inEitherCase(letter: string): string {
  const folded = letter.toLowerCase();
  const forms = new Set([letter, folded, letter.toUpperCase()]);
  // One letter for one: what becomes several (the German sharp s) has no other form in a class.
  const other = [...forms].filter((form) => Array.from(form).length === 1 && form.toLowerCase() === folded);
  return other.length > 1 ? `[${other.join('')}]` : literally(letter);
}

function literally(letter: string): string {
  return /[*?[]/.test(letter) ? `[${letter}]` : letter;
}
