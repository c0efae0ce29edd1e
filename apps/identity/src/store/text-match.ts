import { type RawBuilder, sql } from 'kysely';

/** ZITADEL's `TEXT_QUERY_METHOD_*`. */
export interface TextMethod {
  readonly match: 'equals' | 'startsWith' | 'contains' | 'endsWith';
  readonly ignoreCase: boolean;
}

/**
 * A condition on a text column. Case is ignored for ASCII letters only, as SQLite's LIKE and NOCASE do.
 *
 * @param column one of our own names, never a caller's.
 */
export function matchesText(column: string, { match, ignoreCase }: TextMethod, text: string): RawBuilder<boolean> {
  const ref = sql.ref(column);
  if (match === 'equals') {
    return ignoreCase ? sql<boolean>`${ref} = ${text} COLLATE NOCASE` : sql<boolean>`${ref} = ${text}`;
  }
  return ignoreCase
    ? sql<boolean>`${ref} LIKE ${around(match, escapeLike(text), '%')} ESCAPE '\\'`
    : sql<boolean>`${ref} GLOB ${around(match, escapeGlob(text), '*')}`;
}

function around(match: Exclude<TextMethod['match'], 'equals'>, text: string, any: string): string {
  switch (match) {
    case 'startsWith':
      return text + any;
    case 'endsWith':
      return any + text;
    case 'contains':
      return any + text + any;
  }
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function escapeGlob(text: string): string {
  return text.replace(/[*?[]/g, '[$&]');
}
