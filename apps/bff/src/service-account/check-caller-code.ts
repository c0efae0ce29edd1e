import type { CallerCode } from '@latchkey/contract/reset';
import type { Actor } from '../guard/actor.ts';
import { Problem } from '../http/problem.ts';
import type { CallerCodeRow } from '../store/notice-tables.ts';
import { readUser } from '../zitadel/read/read-user.ts';
import { mayHaveHappened, toProblem } from '../zitadel/to-problem.ts';
import { mostAttempts, toCallerCode } from './caller-codes.ts';
import { endCode } from './end-caller-codes.ts';
import { type CallerCodeParts, codeReason, inPlaceOf, refuseAgent } from './send-caller-code.ts';
import type { ServiceAccount } from './service-account.ts';

/**
 * Asks ZITADEL whether what the caller read out is the code. Of a code that is over (verified, failed, expired) it is
 * only told so.
 *
 * @throws Problem `not_found` for a code of another agent or user; `code_wrong` with `attemptsLeft`, 0 when it has failed;
 * `conflict` while another check of it runs; or what befell the call: the try is counted then, too.
 */
export async function checkCallerCode(
  parts: CallerCodeParts,
  agent: Actor,
  sent: { readonly userId: string; readonly callerCodeId: string },
  code: string,
): Promise<CallerCode> {
  const { serviceAccount, zitadel } = parts;
  if (!serviceAccount) throw new Problem('not_found');
  const user = await readUser(zitadel, agent.caller, sent.userId);
  await refuseAgent(parts, agent, user);
  const row = await readCode(parts, agent, sent);
  const known = toCallerCode(row, parts.clock());
  if (known.state !== 'sent' || row.session_id === null) {
    await endCode(parts, serviceAccount, row);
    return known;
  }
  await countAttempt(parts, row);
  const attempts = row.attempts + 1;
  const answer = await ask(parts, serviceAccount, agent, { ...row, session_id: row.session_id }, user, code);
  switch (answer) {
    case 'right':
      return await settle(parts, serviceAccount, { ...row, attempts, state: 'verified' });
    case 'over':
      return await settle(parts, serviceAccount, { ...row, attempts, expires_at: parts.clock() });
    case 'wrong':
      if (attempts >= mostAttempts) await settle(parts, serviceAccount, { ...row, attempts, state: 'failed' });
      throw new Problem('code_wrong', { attemptsLeft: mostAttempts - attempts });
  }
}

async function readCode(
  { store }: CallerCodeParts,
  agent: Actor,
  { userId, callerCodeId }: { readonly userId: string; readonly callerCodeId: string },
): Promise<CallerCodeRow> {
  const row = await store
    .selectFrom('caller_codes')
    .selectAll()
    .where('caller_code_id', '=', callerCodeId)
    .where('agent_id', '=', agent.userId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (!row) throw new Problem('not_found');
  return row;
}

/** Before ZITADEL is asked, so that no number of checks at once makes more tries than there are. */
async function countAttempt({ store }: CallerCodeParts, row: CallerCodeRow): Promise<void> {
  const { numUpdatedRows } = await store
    .updateTable('caller_codes')
    .set({ attempts: row.attempts + 1 })
    .where('caller_code_id', '=', row.caller_code_id)
    .where('attempts', '=', row.attempts)
    .where('attempts', '<', mostAttempts)
    .where('state', '=', 'sent')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Problem('conflict');
}

async function ask(
  { audit }: CallerCodeParts,
  serviceAccount: ServiceAccount,
  agent: Actor,
  { user_id: userId, channel, session_id: sessionId }: CallerCodeRow & { readonly session_id: string },
  { organisationId }: { readonly organisationId: string },
  code: string,
): Promise<'right' | 'wrong' | 'over'> {
  const act = { act: 'checkCallerCode', userId, channel, agentId: agent.userId } as const;
  const actor = await inPlaceOf(serviceAccount, agent);
  const announced = await audit.announce(actor, { act, organisationId }, { reason: codeReason });
  try {
    const answer = await serviceAccount.checkCode(agent.requestId, sessionId, channel, code);
    await announced.end(answer === 'right' ? 'done' : 'refused', answer === 'wrong' ? 'code_wrong' : undefined);
    return answer;
  } catch (error) {
    const problem = toProblem(error);
    await announced.end(mayHaveHappened(error) ? 'unknown' : 'refused', problem.code);
    throw problem;
  }
}

async function settle(parts: CallerCodeParts, serviceAccount: ServiceAccount, row: CallerCodeRow): Promise<CallerCode> {
  const { caller_code_id, state, expires_at } = row;
  await parts.store
    .updateTable('caller_codes')
    .set({ state, expires_at })
    .where('caller_code_id', '=', caller_code_id)
    .execute();
  await endCode(parts, serviceAccount, row);
  return toCallerCode(row, parts.clock());
}
