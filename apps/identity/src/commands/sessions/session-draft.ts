import type { EventPayloads, NewEvent } from '../../domain/events.ts';
import type { SessionTable } from '../../store/session-tables.ts';

type SessionEventType = Extract<keyof EventPayloads, `session.${string}`>;

/** A session as a change leaves it, and the events that get it there. They are appended only if every check succeeds. */
export interface SessionDraft {
  readonly id: string;
  userId: string;
  readonly stored: SessionTable | undefined;
  readonly events: NewEvent[];
}

export function draftOf(id: string, stored: SessionTable | undefined): SessionDraft {
  return { id, userId: stored?.user_id ?? '', stored, events: [] };
}

/** @param instanceId owns every session (zitadel.md 3.3: `details.resourceOwner`). */
export function note<Type extends SessionEventType>(
  draft: SessionDraft,
  instanceId: string,
  type: Type,
  payload: EventPayloads[Type],
): void {
  draft.events.push({ aggregateType: 'session', aggregateId: draft.id, resourceOwner: instanceId, type, payload });
}
