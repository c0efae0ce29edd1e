import type { Message } from '@bufbuild/protobuf';
import type { Timestamp } from '@bufbuild/protobuf/wkt';
import type { HandlerContext } from '@connectrpc/connect';
import type { Details } from '@zitadel/proto/zitadel/object/v2/object_pb.js';
import { SecondFactorType } from '@zitadel/proto/zitadel/policy_pb.js';
import type { Checks } from '@zitadel/proto/zitadel/session/v2/session_service_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import type { Implementation } from '../implementation.ts';

/*
 * Recovery codes are newer than the published descriptors. `with-additions.ts` puts them into the descriptors the doors work with; here
 * is what TypeScript has to know of them.
 */

/** In `zitadel.policy.v1.SecondFactorType`, and under the same number in `zitadel.settings.v2.SecondFactorType`. */
export const SECOND_FACTOR_TYPE_RECOVERY_CODES: SecondFactorType = (SecondFactorType.OTP_SMS as number) + 1;

/** In `zitadel.user.v2.AuthenticationMethodType`. */
export const AUTHENTICATION_METHOD_TYPE_RECOVERY_CODE = 8;

/** `zitadel.user.v2.GenerateRecoveryCodesRequest`. */
export interface GenerateRecoveryCodesRequest extends Message {
  readonly userId: string;
  readonly count: number;
}

/** `zitadel.user.v2.RemoveRecoveryCodesRequest`. */
export interface RemoveRecoveryCodesRequest extends Message {
  readonly userId: string;
}

type AnswerDetails = Pick<Details, 'sequence' | 'resourceOwner'> & { readonly changeDate?: Timestamp | undefined };

/** `GenerateRecoveryCodes` and `RemoveRecoveryCodes` of `zitadel.user.v2.UserService`: POST and DELETE `/v2/users/{user_id}/recovery_codes`. */
export interface RecoveryCodeMethods {
  generateRecoveryCodes(
    request: GenerateRecoveryCodesRequest,
    context: HandlerContext,
  ): Promise<{ details: AnswerDetails; recoveryCodes: string[] }>;
  removeRecoveryCodes(
    request: RemoveRecoveryCodesRequest,
    context: HandlerContext,
  ): Promise<{ details: AnswerDetails }>;
}

/** Ties the two methods to the user service, as `implement` does those of the published descriptor. */
export function implementRecoveryCodes(methods: RecoveryCodeMethods): Implementation {
  const impl: Record<string, unknown> = { ...methods };
  return { service: UserService, impl: impl as Implementation['impl'] };
}

/** The code that a session's checks ask to check: field `recovery_code` of `zitadel.session.v2.Checks`. */
export function recoveryCodeOf(checks: Checks | undefined): string | undefined {
  if (!checks || !('recoveryCode' in checks)) return undefined;
  const { recoveryCode } = checks;
  if (typeof recoveryCode !== 'object' || recoveryCode === null || !('code' in recoveryCode)) return undefined;
  return String(recoveryCode.code);
}
