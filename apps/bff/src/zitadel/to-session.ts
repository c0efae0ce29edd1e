import { idPattern } from '@latchkey/contract/id';
import type { SessionCheck, UserSession } from '@latchkey/contract/user-session';
import type { Factors, Session } from '@zitadel/proto/zitadel/session/v2/session_pb.js';
import { toTime } from './to-time.ts';

/** ZITADEL's session as ours, without its metadata. @returns undefined for an id that cannot stand in a path. */
export function toSession({
  id,
  creationDate,
  changeDate,
  expirationDate,
  userAgent,
  factors,
}: Session): UserSession | undefined {
  if (!idPattern.test(id)) return undefined;
  return {
    sessionId: id,
    createdAt: toTime(creationDate),
    changedAt: toTime(changeDate),
    endsAt: toTime(expirationDate),
    device: userAgent?.description || null,
    address: userAgent?.ip || null,
    checks: factors ? toChecks(factors) : [],
  };
}

function toChecks({ password, webAuthN, totp, otpSms, otpEmail, intent }: Factors): SessionCheck[] {
  const checks: readonly [SessionCheck['by'], string | null][] = [
    ['password', toTime(password?.verifiedAt)],
    ['identityProvider', toTime(intent?.verifiedAt)],
    ['totp', toTime(totp?.verifiedAt)],
    ['webAuthn', toTime(webAuthN?.verifiedAt)],
    ['otpSms', toTime(otpSms?.verifiedAt)],
    ['otpEmail', toTime(otpEmail?.verifiedAt)],
  ];
  return checks.flatMap(([by, at]) => (at === null ? [] : [{ by, at }]));
}
