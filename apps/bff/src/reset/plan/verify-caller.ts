import type { ResetBody } from '@latchkey/contract/reset';
import type { Transaction } from 'kysely';
import type { Actor } from '../../guard/actor.ts';
import { Problem } from '../../http/problem.ts';
import { findCallerCode, useCallerCode } from '../../service-account/caller-codes.ts';
import type { Tables } from '../../store/tables.ts';
import type { KeptCaller } from '../case/case-store.ts';
import type { ResetParts } from '../reset-parts.ts';

/** How the caller was verified, and what that uses up when the case is stored. */
export interface VerifiedCaller {
  readonly caller: KeptCaller;
  /** @throws Problem `invalid_input` when the code was used for another case meanwhile. */
  spend(transaction: Transaction<Tables>): Promise<void>;
}

/**
 * Looks at how the caller was verified. A code is spent by the case that is stored, not by a look at it.
 *
 * @throws Problem `invalid_input` for a code that was not read out right to this agent about this person; or that went to
 * what the case would remove: whoever holds it has not lost it, and a stolen phone would vouch for its own removal.
 */
export async function verifyCaller(
  { store, clock }: Pick<ResetParts, 'store' | 'clock'>,
  actor: Actor,
  { caller, choice }: ResetBody,
  { userId, resetId }: { readonly userId: string; readonly resetId: string },
): Promise<VerifiedCaller> {
  if (caller.how !== 'code') return { caller: { how: caller.how, to: null }, spend: async () => {} };
  const use = { callerCodeId: caller.callerCodeId, agentId: actor.userId, userId, resetId };
  const code = await findCallerCode({ store, clock }, use);
  if (!code) throw noCode();
  const removed = choice.remove.findIndex(({ kind }) => kind === code.channel);
  if (removed >= 0) {
    const fields = [
      { path: 'caller.callerCodeId', message: 'went to what is to be removed' },
      { path: `choice.remove.${removed}`, message: 'is what the caller was verified by' },
    ];
    throw new Problem('invalid_input', { fields });
  }
  return {
    caller: { how: 'code', to: code.to },
    spend: async (transaction) => {
      if (!(await useCallerCode({ store: transaction, clock }, use))) throw noCode();
    },
  };
}

const noCode = () =>
  new Problem('invalid_input', { fields: [{ path: 'caller.callerCodeId', message: 'is no verified code' }] });
