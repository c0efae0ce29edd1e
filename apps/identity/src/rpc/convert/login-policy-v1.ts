import { create } from '@bufbuild/protobuf';
import { type Duration, DurationSchema } from '@bufbuild/protobuf/wkt';
import {
  type LoginPolicy,
  LoginPolicySchema,
  MultiFactorType,
  PasswordlessType,
  type SecondFactorType,
} from '@zitadel/proto/zitadel/policy_pb.js';
import { type LoginPolicyRules, SECOND_FACTOR_NUMBER, type SecondFactor } from '../../domain/login-policy.ts';
import type { LoginPolicy as StoredPolicy } from '../../store/login-policy-queries.ts';
import { rowDetailsV1 } from './details.ts';

/** What v1's requests say of a policy; the admin's and the management's have the same fields. */
interface PolicyRequest
  extends Omit<
    LoginPolicyRules,
    | 'passkeysAllowed'
    | 'passwordCheckLifetime'
    | 'externalLoginCheckLifetime'
    | 'mfaInitSkipLifetime'
    | 'secondFactorCheckLifetime'
    | 'multiFactorCheckLifetime'
  > {
  readonly passwordlessType: PasswordlessType;
  readonly passwordCheckLifetime?: Duration;
  readonly externalLoginCheckLifetime?: Duration;
  readonly mfaInitSkipLifetime?: Duration;
  readonly secondFactorCheckLifetime?: Duration;
  readonly multiFactorCheckLifetime?: Duration;
}

export function fromPolicyRequest(request: PolicyRequest): LoginPolicyRules {
  return {
    allowUsernamePassword: request.allowUsernamePassword,
    allowRegister: request.allowRegister,
    allowExternalIdp: request.allowExternalIdp,
    forceMfa: request.forceMfa,
    forceMfaLocalOnly: request.forceMfaLocalOnly,
    passkeysAllowed: request.passwordlessType === PasswordlessType.ALLOWED,
    hidePasswordReset: request.hidePasswordReset,
    ignoreUnknownUsernames: request.ignoreUnknownUsernames,
    allowDomainDiscovery: request.allowDomainDiscovery,
    disableLoginWithEmail: request.disableLoginWithEmail,
    disableLoginWithPhone: request.disableLoginWithPhone,
    defaultRedirectUri: request.defaultRedirectUri,
    passwordCheckLifetime: seconds(request.passwordCheckLifetime),
    externalLoginCheckLifetime: seconds(request.externalLoginCheckLifetime),
    mfaInitSkipLifetime: seconds(request.mfaInitSkipLifetime),
    secondFactorCheckLifetime: seconds(request.secondFactorCheckLifetime),
    multiFactorCheckLifetime: seconds(request.multiFactorCheckLifetime),
  };
}

export function toLoginPolicyV1(policy: StoredPolicy): LoginPolicy {
  return create(LoginPolicySchema, {
    details: rowDetailsV1(
      { sequence: policy.sequence, created_at: policy.createdAt, changed_at: policy.changedAt },
      policy.ownerId,
    ),
    allowUsernamePassword: policy.allowUsernamePassword,
    allowRegister: policy.allowRegister,
    allowExternalIdp: policy.allowExternalIdp,
    forceMfa: policy.forceMfa,
    forceMfaLocalOnly: policy.forceMfaLocalOnly,
    passwordlessType: policy.passkeysAllowed ? PasswordlessType.ALLOWED : PasswordlessType.NOT_ALLOWED,
    isDefault: policy.isDefault,
    hidePasswordReset: policy.hidePasswordReset,
    ignoreUnknownUsernames: policy.ignoreUnknownUsernames,
    allowDomainDiscovery: policy.allowDomainDiscovery,
    disableLoginWithEmail: policy.disableLoginWithEmail,
    disableLoginWithPhone: policy.disableLoginWithPhone,
    defaultRedirectUri: policy.defaultRedirectUri,
    passwordCheckLifetime: duration(policy.passwordCheckLifetime),
    externalLoginCheckLifetime: duration(policy.externalLoginCheckLifetime),
    mfaInitSkipLifetime: duration(policy.mfaInitSkipLifetime),
    secondFactorCheckLifetime: duration(policy.secondFactorCheckLifetime),
    multiFactorCheckLifetime: duration(policy.multiFactorCheckLifetime),
    secondFactors: policy.secondFactors.map(toSecondFactorType),
    multiFactors: policy.multiFactors.map(() => MultiFactorType.U2F_WITH_VERIFICATION),
  });
}

/** The domain's own numbers are ZITADEL's. */
export function toSecondFactorType(factor: SecondFactor): SecondFactorType {
  return SECOND_FACTOR_NUMBER[factor] as SecondFactorType;
}

/** Nothing for a number that is no type; validation has refused it before. */
export function fromSecondFactorType(type: number): SecondFactor | undefined {
  const entries = Object.entries(SECOND_FACTOR_NUMBER) as [SecondFactor, number][];
  return entries.find(([, number]) => number === type)?.[0];
}

export function duration(value: number): Duration {
  return create(DurationSchema, { seconds: BigInt(value) });
}

function seconds(value: Duration | undefined): number {
  return Number(value?.seconds ?? 0n);
}
