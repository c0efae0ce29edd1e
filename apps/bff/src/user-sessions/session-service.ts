import type { ReasonBody } from '@latchkey/contract/removal';
import type { SessionEnd, UserSession, UserSessions } from '@latchkey/contract/user-session';
import type { AuditLog } from '../audit/audit-log.ts';
import { answerFor, type MadeChange, makeChange, type PersonalContext } from '../changes/make-change.ts';
import type { Actor } from '../guard/actor.ts';
import { allowanceFor, readStanding, refuseAgainst } from '../guard/standing.ts';
import { Problem } from '../http/problem.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { needFor } from '../zitadel/permission.ts';
import { listSessions } from '../zitadel/read/list-sessions.ts';
import { readUser } from '../zitadel/read/read-user.ts';
import { toProblem } from '../zitadel/to-problem.ts';
import { endSession } from '../zitadel/user-change.ts';

export interface SessionServiceOptions {
  readonly zitadel: Zitadel;
  readonly audit: AuditLog;
}

/** A user's sessions, and whether the actor may end them. @throws Problem */
export async function getSessions(
  { zitadel }: SessionServiceOptions,
  actor: Actor,
  userId: string,
): Promise<UserSessions> {
  const user = await readUser(zitadel, actor.caller, userId);
  const [sessions, standing] = await Promise.all([
    readSessions(zitadel, actor, userId),
    readStanding(zitadel, actor, user),
  ]);
  // To somebody who may not read sessions the list is empty without an error: that is not the same as none.
  if (!standing.isSelf && !standing.permissions.has('session.read')) {
    throw new Problem('not_permitted', needFor('session.read', user.organisationId));
  }
  return { sessions, actions: { endSession: allowanceFor(standing, 'session.delete') } };
}

/**
 * Ends one session of a user. What was signed in with it keeps its refresh tokens (zitadel-oidc.md 4).
 *
 * @throws Problem `not_found` when the session is somebody else's, or what ZITADEL refused it with.
 */
export async function endUserSession(
  { zitadel, audit }: SessionServiceOptions,
  actor: Actor,
  userId: string,
  sessionId: string,
  why: ReasonBody,
): Promise<SessionEnd> {
  const made = await makeSessionEnd(zitadel, { audit, actor, why }, userId, sessionId);
  const outcome = answerFor(made, { done: 'ended', unneeded: 'alreadyGone', notDone: 'not_removed' });
  return { outcome, sessionId, at: new Date().toISOString() };
}

/**
 * The same, for those who judge the outcome themselves.
 *
 * @throws Problem when it was refused: nothing was changed.
 */
export async function makeSessionEnd(
  zitadel: Zitadel,
  context: PersonalContext,
  userId: string,
  sessionId: string,
): Promise<MadeChange> {
  const { actor } = context;
  const user = await readUser(zitadel, actor.caller, userId);
  refuseAgainst(await readStanding(zitadel, actor, user), 'session.delete');
  const before = await readSessions(zitadel, actor, userId);
  return await makeChange(context, {
    act: { act: { act: 'endSession', userId, sessionId }, organisationId: user.organisationId },
    // One that is not among this person's is not touched: the address names both, and the guard was about this person.
    make: () => (has(before, sessionId) ? endSession(zitadel, actor.caller, sessionId) : Promise.resolve()),
    isUnneeded: () => false,
    confirmsAnyway: true,
    read: () => listSessions(zitadel, actor.caller, userId),
    isDone: (sessions) => !has(sessions, sessionId),
    before,
    need: needFor('session.delete', user.organisationId),
  });
}

async function readSessions(zitadel: Zitadel, actor: Actor, userId: string): Promise<UserSession[]> {
  try {
    return await listSessions(zitadel, actor.caller, userId);
  } catch (error) {
    throw toProblem(error, needFor('session.read'));
  }
}

function has(sessions: readonly UserSession[], sessionId: string): boolean {
  return sessions.some((session) => session.sessionId === sessionId);
}
