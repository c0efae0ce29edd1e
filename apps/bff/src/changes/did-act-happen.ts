import type { Act } from '@latchkey/contract/activity';
import type { FactorKind } from '@latchkey/contract/factor';
import type { TriedAct } from '../audit/audit-row.ts';
import { longestActMs } from '../audit/resolve-acts.ts';
import type { AsCaller } from '../zitadel/caller.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { listChanges } from '../zitadel/read/list-changes.ts';
import { listSecondFactorEvents } from '../zitadel/read/read-login-policy.ts';
import { isRefusal } from '../zitadel/to-problem.ts';
import { isActDone } from './is-act-done.ts';

// Clocks of ZITADEL and ours may differ by this much; by more, nobody could make a change (session/facade/callback.ts).
const clockTolerance = 5_000;
const pageSize = 500;
const consideredPages = 4;

/** Something that ZITADEL wrote down. `at` is epoch milliseconds. */
interface Noted {
  readonly event: string;
  readonly actorId: string;
  readonly at: number;
}

/**
 * What became of an act whose outcome nobody wrote down. What is as the act would have left it is done, whoever did it.
 * What is not may have been done and undone since: then ZITADEL's events decide, and only if they reach back far enough.
 *
 * @param caller somebody who may read the user the act was done to.
 * @returns undefined when the caller may not see it, or it does not show any more.
 * @throws ConnectError, UpstreamFault, Problem
 */
export async function didActHappen(
  zitadel: Zitadel,
  caller: AsCaller,
  tried: TriedAct,
): Promise<'done' | 'notDone' | undefined> {
  const isSo = await isActDone(zitadel, caller, tried);
  if (isSo !== false) return isSo && 'done';
  const event = eventOf(tried.act);
  if (event === undefined) return 'notDone';
  try {
    const noted = await listNoted(zitadel, caller, tried);
    if (noted.some((each) => each.event === event && isOf(tried, each))) return 'done';
    return reachesBack(noted, tried.at) ? 'notDone' : undefined;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** Whether nothing from the time of the act can be missing: there is something older, or the person's very beginning. */
function reachesBack(noted: readonly Noted[], at: number): boolean {
  return noted.some((each) => each.event === 'user.human.added' || each.at < at - clockTolerance);
}

function isOf(tried: TriedAct, { actorId, at }: Noted): boolean {
  const early = at < tried.at - clockTolerance;
  const late = at > tried.at + longestActMs + clockTolerance;
  return actorId === tried.actorId && !early && !late;
}

const removals: Record<FactorKind, string | undefined> = {
  totp: 'user.human.mfa.otp.removed',
  otpSms: 'user.human.mfa.otp.sms.removed',
  otpEmail: 'user.human.mfa.otp.email.removed',
  recoveryCodes: 'user.human.mfa.recoverycode.removed',
  // A key that is still there was never removed: another one would have another id.
  u2f: undefined,
  passkey: undefined,
};

/** The event of an act that somebody can undo; undefined for those that last, as the end of a session does. */
function eventOf(act: Act): string | undefined {
  switch (act.act) {
    case 'removeFactor':
      return removals[act.factor.kind];
    case 'lockUser':
      return 'user.locked';
    case 'unlockUser':
      return 'user.unlocked';
    case 'removeSecondFactor':
      return 'instance.policy.login.secondfactor.removed';
    case 'addSecondFactor':
      return 'instance.policy.login.secondfactor.added';
    default:
      return undefined;
  }
}

/** What ZITADEL wrote down of the user, or of second factors in the instance's policy, back to before the act if it can. */
async function listNoted(zitadel: Zitadel, caller: AsCaller, { act, organisationId, at }: TriedAct): Promise<Noted[]> {
  if (act.act === 'removeSecondFactor' || act.act === 'addSecondFactor') {
    const events = await listSecondFactorEvents(zitadel, caller);
    return events.map((each) => ({ ...each, event: each.type === act.type ? each.event : '' }));
  }
  if (act.userId === undefined || organisationId === null) return [];
  const user = { userId: act.userId, organisationId };
  const noted: Noted[] = [];
  let before: bigint | undefined;
  for (let page = 0; page < consideredPages; page += 1) {
    const changes = await listChanges(zitadel, caller, user, { before, limit: pageSize });
    noted.push(...changes.map((change) => ({ ...change, at: Date.parse(change.at) })));
    const last = changes.at(-1);
    if (!last || changes.length < pageSize || Date.parse(last.at) < at - clockTolerance) break;
    before = BigInt(last.sequence);
  }
  return noted;
}
