import { randomUUID } from 'node:crypto';
import type { CallerCode, CodeChannel } from '@latchkey/contract/reset';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { Actor, NamedActor } from '../guard/actor.ts';
import { readStanding, refuseAgainst } from '../guard/standing.ts';
import { Problem } from '../http/problem.ts';
import type { CallerCodeRow } from '../store/notice-tables.ts';
import type { Store } from '../store/open-store.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { needFor } from '../zitadel/permission.ts';
import { listFactors } from '../zitadel/read/list-factors.ts';
import { readUser } from '../zitadel/read/read-user.ts';
import { mayHaveHappened, toProblem } from '../zitadel/to-problem.ts';
import { codeChannelsOf, codeLifetimeMs, toCallerCode } from './caller-codes.ts';
import { countCode } from './code-limits.ts';
import type { ServiceAccount } from './service-account.ts';

export interface CallerCodeParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly zitadel: Zitadel;
  readonly audit: AuditLog;
  readonly serviceAccount: ServiceAccount | null;
  readonly rateScale: number;
}

export const codeReason = 'A code to the person who calls, to verify who they are';

/**
 * Has ZITADEL send a code to a channel that the person already uses, so that the caller can read it out.
 *
 * @throws Problem `not_found` without a service account; `self_refused`, `rank_refused`, `not_permitted` (user.write) for
 * whom the agent may not act on; `precondition_failed` for a channel that the person does not have; `rate_limited`; or
 * what befell the call.
 */
export async function sendCallerCode(
  parts: CallerCodeParts,
  agent: Actor,
  userId: string,
  channel: CodeChannel,
): Promise<CallerCode> {
  const { zitadel, serviceAccount, store, clock } = parts;
  if (!serviceAccount) throw new Problem('not_found');
  const user = await readUser(zitadel, agent.caller, userId);
  await refuseAgent(parts, agent, user);
  const factors = await listFactors(zitadel, agent.caller, user).catch((error: unknown) => {
    throw toProblem(error, needFor('user.read', user.organisationId));
  });
  const to = codeChannelsOf(serviceAccount, user, factors)?.find((other) => other.channel === channel)?.to;
  if (to === undefined) throw new Problem('precondition_failed');
  await countCode(parts, { agentId: agent.userId, userId });

  const sessionId = await announceAndSend(parts, serviceAccount, agent, user, channel);
  const now = clock();
  const row: CallerCodeRow = {
    caller_code_id: randomUUID(),
    agent_id: agent.userId,
    user_id: userId,
    channel,
    masked_to: to,
    session_id: sessionId,
    state: 'sent',
    attempts: 0,
    created_at: now,
    expires_at: now + codeLifetimeMs,
    used_for: null,
  };
  await store.insertInto('caller_codes').values(row).execute();
  return toCallerCode(row, now);
}

/**
 * ZITADEL sees the service account only, so all that it would refuse the agent is refused here.
 *
 * @throws Problem
 */
export async function refuseAgent(
  { zitadel }: CallerCodeParts,
  agent: Actor,
  user: { readonly userId: string; readonly organisationId: string },
): Promise<void> {
  const standing = await readStanding(zitadel, agent, user);
  refuseAgainst(standing, 'user.write');
  if (!standing.permissions.has('user.write')) {
    throw new Problem('not_permitted', needFor('user.write', user.organisationId));
  }
}

/** The service account, but from where and how signed in the agent asked. */
export async function inPlaceOf(serviceAccount: ServiceAccount, agent: Actor): Promise<NamedActor> {
  const { requestId, address, authTime, amr } = agent;
  try {
    const { userId } = await serviceAccount.actor({ requestId, address });
    return { userId, requestId, address, authTime, amr };
  } catch (error) {
    throw toProblem(error);
  }
}

async function announceAndSend(
  { audit }: CallerCodeParts,
  serviceAccount: ServiceAccount,
  agent: Actor,
  { userId, organisationId }: { readonly userId: string; readonly organisationId: string },
  channel: CodeChannel,
): Promise<string> {
  const act = { act: 'sendCallerCode', userId, channel, agentId: agent.userId } as const;
  const actor = await inPlaceOf(serviceAccount, agent);
  const announced = await audit.announce(actor, { act, organisationId }, { reason: codeReason });
  try {
    const sessionId = await serviceAccount.sendCode(agent.requestId, userId, channel);
    await announced.end('done');
    return sessionId;
  } catch (error) {
    const problem = toProblem(error, needFor('user.write', organisationId));
    await announced.end(mayHaveHappened(error) ? 'unknown' : 'refused', problem.code);
    throw problem;
  }
}
