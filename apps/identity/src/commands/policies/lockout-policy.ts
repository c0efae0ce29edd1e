import { failedPrecondition } from '../../domain/errors.ts';
import type { ChangeDetails } from '../../domain/events.ts';
import { loadInstance } from '../../store/load.ts';
import { append, type CommandContext } from '../context.ts';
import { aggregateOf } from './login-policy.ts';

/**
 * Sets after how many failures in a row a person is locked; 0 is never.
 *
 * @throws DomainError INSTANCE-0psjR when it is so already.
 */
export function changeLockoutPolicy(
  context: CommandContext,
  input: { readonly maxPasswordAttempts: number; readonly maxOTPAttempts: number },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const before = await loadInstance(db);
    const same =
      before.max_password_attempts === input.maxPasswordAttempts && before.max_code_attempts === input.maxOTPAttempts;
    if (same) throw failedPrecondition('INSTANCE-0psjR', 'Errors.IAM.LockoutPolicy.NotChanged');
    const about = await aggregateOf(db, { level: 'instance' });
    return append(context, db, { ...about, type: 'instance.policy.lockout.changed', payload: input });
  });
}
