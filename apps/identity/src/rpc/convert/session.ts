import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { FactorsSchema, SessionSchema } from '@zitadel/proto/zitadel/session/v2/session_pb.js';
import { UserAgent_HeaderValuesSchema, UserAgentSchema } from '@zitadel/proto/zitadel/session/v2/session_pb.js';
import type { SessionUserAgent } from '../../commands/sessions/session-input.ts';
import type { SessionTable } from '../../store/session-tables.ts';
import type { UserTable } from '../../store/tables.ts';

/**
 * A stored session in v2's words. A plain object, because the published descriptor has no recovery code yet and the doors'
 * own has.
 */
export function toSession(row: SessionTable, user: UserTable | undefined): MessageInitShape<typeof SessionSchema> {
  const metadata = Object.entries(JSON.parse(row.metadata) as Record<string, string>);
  const agent = row.user_agent ? (JSON.parse(row.user_agent) as SessionUserAgent) : undefined;
  return {
    id: row.id,
    creationDate: timestampFromMs(row.created_at),
    changeDate: timestampFromMs(row.changed_at),
    sequence: BigInt(row.sequence),
    ...(row.user_checked_at !== null && { factors: toFactors(row, row.user_checked_at, user) }),
    metadata: Object.fromEntries(metadata.map(([key, value]) => [key, new Uint8Array(Buffer.from(value, 'base64'))])),
    ...(agent && { userAgent: toUserAgent(agent) }),
    ...(row.expires_at !== null && { expirationDate: timestampFromMs(row.expires_at) }),
  };
}

/** Of a session that knows its person; one that does not has no factors at all. */
function toFactors(
  row: SessionTable,
  userCheckedAt: number,
  user: UserTable | undefined,
): MessageInitShape<typeof FactorsSchema> {
  const recoveryCode = verified(row.recovery_code_checked_at);
  return {
    user: {
      verifiedAt: timestampFromMs(userCheckedAt),
      id: row.user_id,
      loginName: user?.username ?? '',
      displayName: user?.display_name ?? '',
      organizationId: row.user_organisation_id,
    },
    ...spread('password', verified(row.password_checked_at)),
    ...(row.webauthn_checked_at !== null && {
      webAuthN: {
        verifiedAt: timestampFromMs(row.webauthn_checked_at),
        userVerified: row.webauthn_user_verified === 1,
      },
    }),
    ...spread('totp', verified(row.totp_checked_at)),
    ...spread('otpSms', verified(row.otp_sms_checked_at)),
    ...spread('otpEmail', verified(row.otp_email_checked_at)),
    ...(recoveryCode && { recoveryCode }),
  };
}

function verified(at: number | null) {
  return at === null ? undefined : { verifiedAt: timestampFromMs(at) };
}

function spread<Name extends string, Value>(name: Name, value: Value | undefined): { [key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: Value };
}

function toUserAgent(agent: SessionUserAgent) {
  return create(UserAgentSchema, {
    ...(agent.fingerprintId && { fingerprintId: agent.fingerprintId }),
    ...(agent.ip && { ip: agent.ip }),
    ...(agent.description && { description: agent.description }),
    header: Object.fromEntries(
      Object.entries(agent.header ?? {}).map(([name, values]) => [
        name,
        create(UserAgent_HeaderValuesSchema, { values: [...values] }),
      ]),
    ),
  });
}
