import { isSameFactor } from '@latchkey/contract/factor';
import type { PlacedAct } from '../audit/audit-row.ts';
import type { AsCaller } from '../zitadel/caller.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { listFactors } from '../zitadel/read/list-factors.ts';
import { listSessions } from '../zitadel/read/list-sessions.ts';
import { listSecondFactorTypes } from '../zitadel/read/read-login-policy.ts';
import { readOwnPermissions } from '../zitadel/read/read-roles.ts';
import { readUser } from '../zitadel/read/read-user.ts';

/**
 * Whether things are as an act would have left them. Somebody else may have done it meanwhile; what counts is that it is
 * so.
 *
 * @param caller somebody who may read the user the act was done to.
 * @returns undefined when the caller may not see it.
 * @throws ConnectError, UpstreamFault, Problem
 */
export async function isActDone(
  zitadel: Zitadel,
  caller: AsCaller,
  { act, organisationId }: PlacedAct,
): Promise<boolean | undefined> {
  switch (act.act) {
    case 'removeFactor': {
      const user = { userId: act.userId, organisationId: organisationId ?? '' };
      const factors = await listFactors(zitadel, caller, user);
      return !factors.some((factor) => isSameFactor(factor, act.factor));
    }
    case 'removeSecondFactor':
      return !(await listSecondFactorTypes(zitadel, caller)).includes(act.type);
    case 'addSecondFactor':
      return (await listSecondFactorTypes(zitadel, caller)).includes(act.type);
    case 'endSession': {
      // Whoever may not read sessions gets an empty list without an error.
      const permissions = await readOwnPermissions(zitadel, caller, organisationId ?? undefined);
      if (!permissions.has('session.read')) return undefined;
      const sessions = await listSessions(zitadel, caller, act.userId);
      return !sessions.some((session) => session.sessionId === act.sessionId);
    }
    case 'lockUser':
      return (await readUser(zitadel, caller, act.userId)).state === 'locked';
    case 'unlockUser':
      return (await readUser(zitadel, caller, act.userId)).state !== 'locked';
    // What is not kept in ZITADEL, or leaves nothing there to look at, stays as it was written.
    case 'startReset':
    case 'takeOverReset':
    case 'skipResetStep':
    case 'cancelReset':
    case 'finishReset':
    case 'sendPasswordReset':
    case 'sendPasskeyLink':
    case 'tellUser':
    case 'sendCallerCode':
    case 'checkCallerCode':
    case 'requestApproval':
    case 'approve':
    case 'refuseApproval':
    case 'withdrawApproval':
    case 'disputeReset':
      return undefined;
  }
}
