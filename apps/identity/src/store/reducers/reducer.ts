import type { EventType, StoredEvent } from '../../domain/events.ts';
import type { Database } from '../tables.ts';

export type Reducers<Types extends EventType> = {
  readonly [Type in Types]: (db: Database, event: StoredEvent<Type>) => Promise<void>;
};

/** For events that only tell what happened. */
export const changesNothing = (): Promise<void> => Promise.resolve();

/** Columns that say which event touched a row last. */
export function touchedBy(event: StoredEvent): { sequence: number; changed_at: number } {
  return { sequence: event.sequence, changed_at: event.createdAt };
}

/** The same for a row that the event makes. */
export function madeBy(event: StoredEvent): { sequence: number; created_at: number; changed_at: number } {
  return { sequence: event.sequence, created_at: event.createdAt, changed_at: event.createdAt };
}
