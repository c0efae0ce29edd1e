import { sql } from 'kysely';
import type { Database } from '../tables.ts';
import { MARK, type SearchedColumn, splitIntoGrams } from './grams.ts';

/** Grams that are tried, those with digits first: they are rare in addresses. */
const TRIED = 12;

/** Grams that are asked for together. */
const TAKEN = 4;

/** A gram so many times as common as the rarest costs more to read than it saves. */
const ALIKE = 6;

/** So far into a gram's list of users one looks: how far on this user is says how rare the gram is. */
const DEPTH = 31;

/**
 * The FTS5 query that finds everybody of whom the column, or one of its like, may contain this text, and a few more: by
 * the rarest of its grams. All together would read the long lists of the common ones for nothing.
 *
 * @returns undefined when nothing is narrowed: an empty text, a single letter from a to z, a single digit.
 */
export async function chooseGrams(db: Database, column: SearchedColumn, text: string): Promise<string | undefined> {
  const grams = splitIntoGrams(text)
    .map((gram) => `"${MARK[column]}${gram}"`)
    .sort((one, other) => Number(/\d/.test(other)) - Number(/\d/.test(one)));
  if (grams.length < 2) return grams[0];
  const tried: { readonly gram: string; readonly reach: number }[] = [];
  for (const gram of grams.slice(0, TRIED)) {
    const reach = await reachOf(db, gram);
    // Fewer have it than one would look at.
    if (reach === undefined) return gram;
    tried.push({ gram, reach });
  }
  tried.sort((one, other) => other.reach - one.reach);
  const rarest = tried[0]?.reach ?? 0;
  return tried
    .filter(({ reach }) => reach * ALIKE >= rarest)
    .slice(0, TAKEN)
    .map(({ gram }) => gram)
    .join(' AND ');
}

async function reachOf(db: Database, gram: string): Promise<number | undefined> {
  const { rows } = await sql<{ reach: number }>`
    SELECT rowid AS reach FROM user_grams WHERE user_grams MATCH ${gram} LIMIT 1 OFFSET ${DEPTH}`.execute(db);
  return rows[0]?.reach;
}
