import type { SecondFactorType } from '@latchkey/contract/login-policy';
import { lockOutWord, type PolicyReasonBody } from '@latchkey/contract/removal';
import { Problem } from '../http/problem.ts';
import type { AsCaller } from '../zitadel/caller.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { needFor } from '../zitadel/permission.ts';
import { readLoginPolicy } from '../zitadel/read/read-login-policy.ts';
import { toProblem } from '../zitadel/to-problem.ts';

/**
 * With a second factor forced and no type left to have one of, nobody can sign in any more (zitadel-oidc.md 7).
 *
 * @returns whether the removal of a type would do that, and the word was typed.
 * @throws Problem `confirmation_required` where it would, and the word was not.
 */
export async function confirmLockOut(
  zitadel: Zitadel,
  caller: AsCaller,
  type: SecondFactorType,
  { confirm }: PolicyReasonBody,
): Promise<boolean> {
  const policy = await readLoginPolicy(zitadel, caller).catch((error: unknown) => {
    throw toProblem(error, needFor('iam.policy.read'));
  });
  const isForced = policy?.forceMfa || policy?.forceMfaLocalOnly;
  const isLast = policy?.secondFactors.every((other) => other === type);
  const locksOut = Boolean(isForced && isLast);
  if (locksOut && confirm !== lockOutWord) throw new Problem('confirmation_required');
  return locksOut;
}
