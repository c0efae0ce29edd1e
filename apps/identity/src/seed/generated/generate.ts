import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { hashPassword } from '../../commands/password-hash.ts';
import { dropUserIndices, makeUserIndices } from '../../store/bulk-load.ts';
import { lastPosition } from '../../store/event-store.ts';
import type { Store } from '../../store/open-store.ts';
import { DEMO_PASSWORD } from '../demo/demo-people.ts';
import { Batch } from './batch.ts';
import { generatePerson } from './generated-person.ts';
import { generateOrganisation, idOf, organisationsBefore } from './organisation.ts';
import { addOrganisation, addPerson } from './person-rows.ts';

/** People in one transaction: what a kill may cost. */
const BATCH = 2_000;

/** From so many people on it is faster to make the indices anew. */
const MANY = 20_000;

export interface GenerateOptions {
  /** Which people: the same number makes the same people, of which more users are a longer list. 0 to 999,999. */
  readonly number: number;
  /** How many there are to be in the end. */
  readonly users: number;
  /** Told how many there are so far. */
  readonly progress: (users: number) => void;
  /** Ends the work at the next good place; a later call goes on from there to the same result. */
  readonly signal?: AbortSignal;
}

/**
 * Makes people as real events and the tables read from them, in order. All have the demo's password.
 *
 * @returns how many there are now: fewer than asked for when it was told to stop.
 */
export async function generatePeople(store: Store, options: GenerateOptions): Promise<number> {
  const { number, users, progress, signal } = options;
  // One salt for one number: all share one hash, also after an interruption.
  const salt = createHash('sha256').update(`latchkey generated ${number}`).digest().subarray(0, 16);
  const context = { number, vault: store.vault, passwordHash: await hashPassword(DEMO_PASSWORD, salt) };
  let made = await countMade(store, number);
  const many = users - made >= MANY;
  if (many) await dropUserIndices(store.db);
  try {
    while (made < users && !signal?.aborted) {
      const batch = new Batch(await lastPosition(store.db));
      const until = Math.min(made + BATCH, users);
      for (let index = made; index < until; index += 1) {
        const person = generatePerson(number, index);
        const opened = index === 0 ? 0 : organisationsBefore(index - 1);
        for (let each = opened; each < organisationsBefore(index); each += 1) {
          addOrganisation(batch, generateOrganisation(number, each), person.createdAt);
        }
        addPerson(batch, person, index, context);
      }
      await store.change((db) => batch.write(db));
      made = until;
      progress(made);
      // Lets a signal in: SQLite works without ever waiting.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    if (many) await makeUserIndices(store.db);
  }
  return made;
}

/** People of a number have ids in their order, so the last one's events tell how many there are. */
async function countMade(store: Store, number: number): Promise<number> {
  const { rows } = await sql<{ last: string | null }>`
    SELECT max(aggregate_id) AS last FROM events
    WHERE aggregate_id BETWEEN ${idOf(number, 0)} AND ${idOf(number, 8_999_999_999)}`.execute(store.db);
  const last = rows[0]?.last;
  return last ? Number(last.slice(8)) / 16 + 1 : 0;
}
