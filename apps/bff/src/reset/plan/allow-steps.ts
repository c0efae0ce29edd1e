import type { Allowance } from '@latchkey/contract/allowance';
import type { ResetAllowance, ResetOptions } from '@latchkey/contract/reset';
import { allowanceFor, type Standing } from '../../guard/standing.ts';
import { Problem } from '../../http/problem.ts';
import { needFor, type Permission } from '../../zitadel/permission.ts';
import type { UserRecord } from '../../zitadel/to-user.ts';

type Person = Pick<UserRecord, 'kind' | 'state'>;

const againstState: ResetAllowance = { allowed: false, because: 'state' };

/** Whether a case may be started: not on oneself, not on somebody above, not without `user.write`, not on a machine. */
export function allowStart(standing: Standing, { kind, state }: Person): ResetAllowance {
  if (standing.isSelf) return allowanceFor(standing, 'user.write');
  return kind === 'machine' || state === 'deleted' ? againstState : allowanceFor(standing, 'user.write');
}

/** What of a case the agent's role and the account's state allow, as ZITADEL would say it. */
export function allowSteps(standing: Standing, { state }: Person): ResetOptions['steps'] {
  const allow = (permission: Permission) => allowanceFor(standing, permission);
  return {
    removeFactor: allow('user.write'),
    removeRecoveryCodes: allow('user.credential.write'),
    // Whoever may not read sessions is shown none, and could end none.
    endSession: standing.permissions.has('session.read') ? allow('session.delete') : allow('session.read'),
    // ZITADEL locks who is active or not set up yet (zitadel.md 3.2); who is locked already may be locked by a case, too.
    lock: state === 'inactive' ? againstState : allow('user.write'),
    passwordReset: state === 'initial' ? againstState : allow('user.write'),
    passkeyLink: allow('user.passkey.write'),
  };
}

/**
 * Refuses a case, or a part in one, to whoever may not have it.
 *
 * @throws Problem `self_refused`, `rank_refused`, `not_permitted`; `precondition_failed` for a machine.
 */
export function refuseCase(standing: Standing, person: Person): void {
  const allowance = allowStart(standing, person);
  if (!allowance.allowed) throw new Problem(codes[allowance.because], needOf(allowance, standing));
}

const codes = {
  self: 'self_refused',
  rank: 'rank_refused',
  permission: 'not_permitted',
  state: 'precondition_failed',
} as const satisfies Record<Exclude<ResetAllowance, { allowed: true }>['because'], Problem['code']>;

function needOf({ because }: Exclude<ResetAllowance | Allowance, { allowed: true }>, { organisationId }: Standing) {
  return because === 'permission' ? needFor('user.write', organisationId) : {};
}
