import type { Duration } from '@bufbuild/protobuf/wkt';
import { type RequestChallenges, UserVerificationRequirement } from '@zitadel/proto/zitadel/session/v2/challenge_pb.js';
import type { UserAgent } from '@zitadel/proto/zitadel/session/v2/session_pb.js';
import type { Checks } from '@zitadel/proto/zitadel/session/v2/session_service_pb.js';
import type {
  SessionChallenges,
  SessionChange,
  SessionChecks,
  SessionUserAgent,
} from '../../commands/sessions/session-input.ts';
import { recoveryCodeOf } from './recovery-code.ts';

/** What the requests that make and change a session have in common. */
interface SessionRequest {
  readonly checks?: Checks;
  readonly challenges?: RequestChallenges;
  readonly metadata: Readonly<Record<string, Uint8Array>>;
  readonly lifetime?: Duration;
}

export function toSessionChange(request: SessionRequest): SessionChange {
  const metadata = Object.entries(request.metadata).map(
    ([key, value]) => [key, Buffer.from(value).toString('base64')] as const,
  );
  return {
    ...(request.checks && { checks: toChecks(request.checks) }),
    ...(request.challenges && { challenges: toChallenges(request.challenges) }),
    metadata: Object.fromEntries(metadata),
    ...(request.lifetime && { lifetime: Number(request.lifetime.seconds) + request.lifetime.nanos / 1e9 }),
  };
}

function toChecks(checks: Checks): SessionChecks {
  const { user, password, idpIntent, webAuthN, totp, otpSms, otpEmail } = checks;
  const recoveryCode = recoveryCodeOf(checks);
  return {
    ...(user?.search.case === 'userId' && { user: { userId: user.search.value } }),
    ...(user?.search.case === 'loginName' && { user: { loginName: user.search.value } }),
    ...(password && { password: password.password }),
    ...(idpIntent && { intentToken: idpIntent.idpIntentToken }),
    ...(webAuthN && { webAuthn: webAuthN.credentialAssertionData ?? {} }),
    ...(totp && { totp: totp.code }),
    ...(otpSms && { otpSms: otpSms.code ?? '' }),
    ...(otpEmail && { otpEmail: otpEmail.code ?? '' }),
    ...(recoveryCode !== undefined && { recoveryCode }),
  };
}

const USER_VERIFICATION = {
  [UserVerificationRequirement.UNSPECIFIED]: 'preferred',
  [UserVerificationRequirement.REQUIRED]: 'required',
  [UserVerificationRequirement.PREFERRED]: 'preferred',
  [UserVerificationRequirement.DISCOURAGED]: 'discouraged',
} as const;

function toChallenges({ webAuthN, otpSms, otpEmail }: RequestChallenges): SessionChallenges {
  return {
    ...(webAuthN && {
      webAuthn: { rpId: webAuthN.domain, userVerification: USER_VERIFICATION[webAuthN.userVerificationRequirement] },
    }),
    ...(otpSms && { otpSms: otpSms.returnCode ? 'return' : 'send' }),
    ...(otpEmail && { otpEmail: toEmailChallenge(otpEmail) }),
  };
}

function toEmailChallenge({ deliveryType }: NonNullable<RequestChallenges['otpEmail']>) {
  if (deliveryType.case === 'returnCode') return 'return' as const;
  const urlTemplate = deliveryType.value?.urlTemplate;
  return urlTemplate ? { urlTemplate } : ('send' as const);
}

export function fromUserAgent(agent: UserAgent): SessionUserAgent {
  return {
    ...(agent.fingerprintId && { fingerprintId: agent.fingerprintId }),
    ...(agent.ip && { ip: agent.ip }),
    ...(agent.description && { description: agent.description }),
    header: Object.fromEntries(Object.entries(agent.header).map(([name, { values }]) => [name, values])),
  };
}
