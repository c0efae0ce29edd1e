import type { FactorEvents } from './events/factor-events.ts';
import type { OrganisationEvents } from './events/organisation-events.ts';
import type { ProjectEvents } from './events/project-events.ts';
import type { SessionEvents } from './events/session-events.ts';
import type { UserEvents } from './events/user-events.ts';

/** Every event there is, and its payload. A new one is a new member; the reducers' type then lacks it. */
export interface EventPayloads extends UserEvents, FactorEvents, OrganisationEvents, ProjectEvents, SessionEvents {}

export type EventType = keyof EventPayloads;

export type AggregateType = 'instance' | 'org' | 'user' | 'project' | 'session';

/** An event about to be appended. */
export interface NewEvent<Type extends EventType = EventType> {
  readonly aggregateType: AggregateType;
  readonly aggregateId: string;
  /** The organisation (or instance) that owns the aggregate. */
  readonly resourceOwner: string;
  readonly type: Type;
  readonly payload: EventPayloads[Type];
}

/** An event as it was stored. */
export interface StoredEvent<Type extends EventType = EventType> extends NewEvent<Type> {
  /** Order over all aggregates. */
  readonly position: number;
  /** Order within the aggregate, from 1. */
  readonly sequence: number;
  /** User id of whoever caused it, or `SYSTEM`, `LOGIN`. */
  readonly editor: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** What every change answers with: ZITADEL's `details` (zitadel.md 2.0). */
export interface ChangeDetails {
  readonly sequence: number;
  readonly changedAt: number;
  readonly resourceOwner: string;
}

/** The event of a user. `resourceOwner`: their organisation. */
export function userEvent<Type extends EventType & `user.${string}`>(
  user: { readonly id: string; readonly organisationId: string },
  type: Type,
  payload: EventPayloads[Type],
): NewEvent<Type> {
  return { aggregateType: 'user', aggregateId: user.id, resourceOwner: user.organisationId, type, payload };
}
