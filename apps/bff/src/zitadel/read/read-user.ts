import { Problem } from '../../http/problem.ts';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { needFor } from '../permission.ts';
import { toProblem } from '../to-problem.ts';
import { toUserRecord, type UserRecord } from '../to-user.ts';

/**
 * One user, wherever they are.
 *
 * @throws Problem `not_found`, `not_permitted` (user.read), or what befell the call.
 */
export async function readUser(zitadel: Zitadel, caller: AsCaller, userId: string): Promise<UserRecord> {
  try {
    const { user } = await zitadel.users.getUserByID({ userId }, caller);
    const record = user && toUserRecord(user);
    if (record) return record;
  } catch (error) {
    throw toProblem(error, needFor('user.read'));
  }
  throw new Problem('not_found');
}
