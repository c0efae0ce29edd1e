import type { EventType, StoredEvent } from '../domain/events.ts';
import { applicationReducers } from './reducers/application-reducers.ts';
import { codeReducers } from './reducers/code-reducers.ts';
import { factorReducers } from './reducers/factor-reducers.ts';
import { metadataReducers } from './reducers/metadata-reducers.ts';
import { organisationReducers } from './reducers/organisation-reducers.ts';
import { policyReducers } from './reducers/policy-reducers.ts';
import type { Reducers } from './reducers/reducer.ts';
import { sessionReducers } from './reducers/session-reducers.ts';
import { userReducers } from './reducers/user-reducers.ts';
import { webAuthnReducers } from './reducers/webauthn-reducers.ts';
import type { Database } from './tables.ts';

/** One reducer for each event; the type says which is missing. */
const reducers: Reducers<EventType> = {
  ...userReducers,
  ...factorReducers,
  ...webAuthnReducers,
  ...codeReducers,
  ...metadataReducers,
  ...organisationReducers,
  ...policyReducers,
  ...applicationReducers,
  ...sessionReducers,
};

/** An event of a kind that this version does not know, maybe a newer version's: what it changed is unknown. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';

  constructor({ type, position }: StoredEvent) {
    super(`the event at position ${position} is of an unknown kind: ${type}`);
  }
}

/**
 * Brings the tables to where this event leaves them. The same on append and on rebuild.
 *
 * @throws UnknownEvent
 */
export async function reduce(db: Database, event: StoredEvent): Promise<void> {
  if (!Object.hasOwn(reducers, event.type)) throw new UnknownEvent(event);
  // The table pairs each type with the reducer of its payload; a lookup by a union loses that pairing.
  const reducer = reducers[event.type] as (db: Database, event: StoredEvent) => Promise<void>;
  await reducer(db, event);
}
