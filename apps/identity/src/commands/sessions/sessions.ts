import { DomainError, failedPrecondition, permissionDenied } from '../../domain/errors.ts';
import type { ChangeDetails, EventPayloads, NewEvent } from '../../domain/events.ts';
import { lastDetails } from '../../store/event-store.ts';
import { loadInstance } from '../../store/load.ts';
import { newId } from '../../store/new-id.ts';
import type { SessionTable } from '../../store/session-tables.ts';
import type { Database } from '../../store/tables.ts';
import { hashToken, isTokenOf } from '../../store/vault.ts';
import { append, type CommandContext } from '../context.ts';
import { isSelf, requirePermission } from '../permission.ts';
import { type ComparedPassword, comparePassword } from '../users/check-password.ts';
import { makeChallenges } from './make-challenges.ts';
import { findCheckedUser, runChecks } from './run-checks.ts';
import { draftOf, note, type SessionDraft } from './session-draft.ts';
import type { MadeChallenges, SessionChange, SessionUserAgent } from './session-input.ts';
import { newSessionToken } from './session-token.ts';

export interface ChangedSession {
  readonly sessionId: string;
  /** Shown this once; it ends the session's token from before. Empty when nothing changed: the old one stays. */
  readonly sessionToken: string;
  readonly challenges: MadeChallenges;
  readonly details: ChangeDetails;
}

/**
 * Makes a session and runs the checks asked for. None is made when one fails; the failure counts against the person.
 *
 * @throws DomainError of the check that failed; QUERY-Dfbg2 for an unknown person, SESSION-Gj4ko for a locked one.
 */
export async function createSession(
  context: CommandContext,
  input: SessionChange & { readonly userAgent?: SessionUserAgent },
): Promise<ChangedSession> {
  // ZITADEL looks the person up before it asks for the right.
  const user = input.checks?.user && (await findCheckedUser(context.store.db, input.checks.user));
  const compared = await comparedPassword(context, input, user?.id);
  return settle(context, async (db, instanceId) => {
    await requirePermission(context, db, 'session.write', '');
    const draft = draftOf(newId(), undefined);
    note(draft, instanceId, 'session.added', input.userAgent ? { userAgent: plain(input.userAgent) } : {});
    return { draft, compared, change: input };
  });
}

/**
 * Proves more in a session.
 *
 * @throws DomainError of the check that failed; COMMAND-Hewfq when it ended, also by a lock; COMMAND-Hkl3d when it expired.
 */
export async function updateSession(
  context: CommandContext,
  input: SessionChange & { readonly sessionId: string },
): Promise<ChangedSession> {
  const before = await loadSession(context.store.db, input.sessionId);
  const asked = input.checks?.user && (await findCheckedUser(context.store.db, input.checks.user));
  const compared = await comparedPassword(context, input, asked?.id ?? before?.user_id);
  return settle(context, async (db) => {
    const session = await loadSession(db, input.sessionId);
    const ended = session ? undefined : await loadEndedSession(db, input.sessionId);
    const organisationId = session?.user_organisation_id ?? ended?.user?.userResourceOwner ?? '';
    // The session's own token opens nothing here (zitadel.md 3.3).
    await requirePermission(context, db, 'session.write', organisationId);
    if (ended) throw failedPrecondition('COMMAND-Hewfq', 'Errors.Session.Terminated');
    if (session && session.expires_at !== null && session.expires_at < context.now()) {
      throw failedPrecondition('COMMAND-Hkl3d', 'Errors.Session.Expired');
    }
    return { draft: draftOf(input.sessionId, session), compared, change: input };
  });
}

/**
 * Ends a session. One that has ended: no event, the details of its last; one that is unknown: neither; both if the right
 * is there (zitadel.md 3.3).
 */
export function terminateSession(
  context: CommandContext,
  input: { readonly sessionId: string; readonly sessionToken?: string },
): Promise<ChangeDetails | undefined> {
  return context.store.change(async (db) => {
    const session = await loadSession(db, input.sessionId);
    const ended = session ? undefined : await loadEndedSession(db, input.sessionId);
    const userId = session?.user_id ?? ended?.user?.userID;
    if (input.sessionToken) {
      if (!isTokenOf(session?.token_hash ?? ended?.tokenHash ?? '', input.sessionToken)) {
        throw permissionDenied('COMMAND-sGr42', 'Errors.Session.Token.Invalid');
      }
    } else if (!userId || !isSelf(context, userId)) {
      const organisationId = session?.user_organisation_id ?? ended?.user?.userResourceOwner ?? '';
      await requirePermission(context, db, 'session.delete', organisationId);
    }
    if (!session) return ended?.details;
    return append(context, db, {
      aggregateType: 'session',
      aggregateId: session.id,
      resourceOwner: session.resource_owner,
      type: 'session.terminated',
      payload: {},
    });
  });
}

/** What is left of a session that has no row any more: whose it was, and its last token. Nothing for one that never was. */
async function loadEndedSession(db: Database, id: string) {
  const details = await lastDetails(db, 'session', id);
  if (!details) return undefined;
  const user = await lastOf(db, id, 'session.user.checked');
  const token = await lastOf(db, id, 'session.token.set');
  return { details, user, tokenHash: token?.tokenHash };
}

async function lastOf<Type extends 'session.user.checked' | 'session.token.set'>(
  db: Database,
  sessionId: string,
  type: Type,
): Promise<EventPayloads[Type] | undefined> {
  const row = await db
    .selectFrom('events')
    .select('payload')
    .where('aggregate_id', '=', sessionId)
    .where('aggregate_type', '=', 'session')
    .where('type', '=', type)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && (JSON.parse(row.payload) as EventPayloads[Type]);
}

export function loadSession(db: Database, id: string): Promise<SessionTable | undefined> {
  return db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst();
}

interface Settling {
  readonly draft: SessionDraft;
  readonly compared: ComparedPassword | undefined;
  readonly change: SessionChange;
}

/** Runs checks and challenges in one transaction. A failed check keeps its own events (they count) and none of the session's. */
async function settle(
  context: CommandContext,
  begin: (db: Database, instanceId: string) => Promise<Settling>,
): Promise<ChangedSession> {
  const outcome = await context.store.change(async (db) => {
    const { id: instanceId } = await loadInstance(db);
    const { draft, compared, change } = await begin(db, instanceId);
    const failure = await runChecks(context, db, draft, instanceId, change.checks ?? {}, compared);
    if (failure) return failure;
    const challenges = await makeChallenges(context, db, draft, instanceId, change.challenges ?? {});
    noteMetadata(draft, instanceId, change.metadata ?? {});
    if (change.lifetime) note(draft, instanceId, 'session.lifetime.set', { lifetime: change.lifetime });
    if (draft.events.length === 0) {
      const details = (await lastDetails(db, 'session', draft.id)) ?? unknownDetails(instanceId);
      return { sessionId: draft.id, sessionToken: '', challenges, details };
    }
    const sessionToken = newSessionToken(context.store.vault, draft.id);
    note(draft, instanceId, 'session.token.set', { tokenHash: hashToken(sessionToken) });
    const [first, ...rest] = draft.events as [NewEvent, ...NewEvent[]];
    return { sessionId: draft.id, sessionToken, challenges, details: await append(context, db, first, ...rest) };
  });
  if (outcome instanceof DomainError) throw outcome;
  return outcome;
}

/** An empty value takes a key away; what stays the same is no event. */
function noteMetadata(draft: SessionDraft, instanceId: string, changes: Readonly<Record<string, string>>): void {
  const stored = JSON.parse(draft.stored?.metadata ?? '{}') as Record<string, string>;
  const merged = Object.entries({ ...stored, ...changes }).filter(([, value]) => value !== '');
  const changed = Object.entries(changes).some(([key, value]) => (stored[key] ?? '') !== value);
  if (changed) note(draft, instanceId, 'session.metadata.set', { metadata: Object.fromEntries(merged) });
}

/** Of a session of which nothing is known: only whose it would be. */
function unknownDetails(instanceId: string): ChangeDetails {
  return { sequence: 0, changedAt: 0, resourceOwner: instanceId };
}

async function comparedPassword(
  context: CommandContext,
  { checks }: SessionChange,
  userId: string | undefined,
): Promise<ComparedPassword | undefined> {
  if (checks?.password === undefined) return undefined;
  if (!userId) return { right: false, passwordHash: null };
  return comparePassword(context, { userId, password: checks.password });
}

function plain(agent: SessionUserAgent) {
  const header = Object.entries(agent.header ?? {}).map(([name, values]) => [name, [...values]] as const);
  return {
    ...(agent.fingerprintId && { fingerprintId: agent.fingerprintId }),
    ...(agent.ip && { ip: agent.ip }),
    ...(agent.description && { description: agent.description }),
    ...(header.length > 0 && { header: Object.fromEntries(header) }),
  };
}
