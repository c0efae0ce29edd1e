import { DomainError, failedPrecondition, notFound, permissionDenied } from '../../domain/errors.ts';
import type { ChangeDetails, EventPayloads, NewEvent } from '../../domain/events.ts';
import { type Database, lastDetails } from '../../store/event-store.ts';
import { loadInstance, loadUser } from '../../store/load.ts';
import { newId } from '../../store/new-id.ts';
import type { SessionTable } from '../../store/session-tables.ts';
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
  /** Shown this once; it ends the session's token from before. */
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

/** Proves more in a session. @throws DomainError of the check that failed; QUERY-SFeaa for an unknown session. */
export async function updateSession(
  context: CommandContext,
  input: SessionChange & { readonly sessionId: string; readonly sessionToken?: string },
): Promise<ChangedSession> {
  const before = await loadSession(context.store.db, input.sessionId);
  const asked = input.checks?.user && (await findCheckedUser(context.store.db, input.checks.user));
  const compared = await comparedPassword(context, input, asked?.id ?? before?.user_id);
  return settle(context, async (db) => {
    const session = await loadSession(db, input.sessionId);
    if (!session) throw notFound('COMMAND-Jewae', 'Errors.Session.Terminated');
    await requireSessionWrite(context, db, session, input.sessionToken);
    if (session.expires_at !== null && session.expires_at < context.now()) {
      throw failedPrecondition('COMMAND-Hewfq', 'Errors.Session.Expired');
    }
    if (session.user_id) await requireActive(db, session.user_id);
    return { draft: draftOf(session.id, session), compared, change: input };
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
    if (!session) {
      const former = await loadFormerUser(db, input.sessionId);
      if (former?.userID !== callerId(context)) {
        await requirePermission(context, db, 'session.delete', former?.userResourceOwner ?? '');
      }
      return lastDetails(db, 'session', input.sessionId);
    }
    const owns = isSelf(context, session.user_id) || isTokenOf(session.token_hash, input.sessionToken);
    if (!owns) await requirePermission(context, db, 'session.delete', session.user_organisation_id);
    return append(context, db, {
      aggregateType: 'session',
      aggregateId: session.id,
      resourceOwner: session.resource_owner,
      type: 'session.terminated',
      payload: {},
    });
  });
}

/** Whose session it was, of one that has no row any more. */
async function loadFormerUser(db: Database, id: string): Promise<EventPayloads['session.user.checked'] | undefined> {
  const row = await db
    .selectFrom('events')
    .select('payload')
    .where('aggregate_id', '=', id)
    .where('aggregate_type', '=', 'session')
    .where('type', '=', 'session.user.checked')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && (JSON.parse(row.payload) as EventPayloads['session.user.checked']);
}

function callerId({ caller }: CommandContext): string | undefined {
  return caller.kind === 'user' ? caller.userId : undefined;
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
    if (change.metadata && Object.keys(change.metadata).length > 0) {
      const stored = JSON.parse(draft.stored?.metadata ?? '{}') as Record<string, string>;
      note(draft, instanceId, 'session.metadata.set', { metadata: { ...stored, ...change.metadata } });
    }
    if (change.lifetime) note(draft, instanceId, 'session.lifetime.set', { lifetime: change.lifetime });
    const sessionToken = newSessionToken(context.store.vault, draft.id);
    note(draft, instanceId, 'session.token.set', { tokenHash: hashToken(sessionToken) });
    const [first, ...rest] = draft.events as [NewEvent, ...NewEvent[]];
    return { sessionId: draft.id, sessionToken, challenges, details: await append(context, db, first, ...rest) };
  });
  if (outcome instanceof DomainError) throw outcome;
  return outcome;
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

async function requireSessionWrite(
  context: CommandContext,
  db: Database,
  session: SessionTable,
  sessionToken: string | undefined,
): Promise<void> {
  if (sessionToken) {
    if (!isTokenOf(session.token_hash, sessionToken)) {
      throw permissionDenied('COMMAND-sGr42', 'Errors.Session.Token.Invalid');
    }
    return;
  }
  await requirePermission(context, db, 'session.write', session.user_organisation_id);
}

async function requireActive(db: Database, userId: string): Promise<void> {
  const user = await loadUser(db, userId);
  if (user?.state !== 'active' && user?.state !== 'initial') {
    throw failedPrecondition('SESSION-Gj4ko', 'Errors.User.NotActive');
  }
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
