import { create } from '@bufbuild/protobuf';
import { type AuthFactor, AuthFactorSchema, AuthFactorState } from '@zitadel/proto/zitadel/user/v2/user_pb.js';
import { AuthenticationMethodType } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import {
  type AuthFactor as AuthFactorV1,
  AuthFactorSchema as AuthFactorV1Schema,
} from '@zitadel/proto/zitadel/user_pb.js';
import type { FactorTable, UserTable } from '../../store/tables.ts';

/** Passkeys have a list of their own, recovery codes none. */
export type ListedFactor = FactorTable & { readonly kind: 'totp' | 'otpEmail' | 'otpSms' | 'u2f' };

export function isListed(factor: FactorTable): factor is ListedFactor {
  return factor.kind !== 'passkey' && factor.kind !== 'recoveryCodes';
}

/** The same numbers in v1 and v2. */
export function stateOf(factor: FactorTable): AuthFactorState {
  return factor.state === 'ready' ? AuthFactorState.READY : AuthFactorState.NOT_READY;
}

export function toAuthFactorV2(factor: ListedFactor): AuthFactor {
  return create(AuthFactorSchema, { state: stateOf(factor), type: typeOf(factor) });
}

export function toAuthFactorV1(factor: ListedFactor): AuthFactorV1 {
  return create(AuthFactorV1Schema, { state: stateOf(factor) as number, type: typeOf(factor) });
}

/** A passkey in v1's words. */
export function toWebAuthnTokenV1(key: FactorTable) {
  return { id: key.token_id, name: key.name, state: stateOf(key) as number };
}

/** Spelled alike in both versions. */
type FactorType =
  | { case: 'otp' | 'otpEmail' | 'otpSms'; value: Record<never, never> }
  | { case: 'u2f'; value: { id: string; name: string } };

/** Both versions call the authenticator app `otp` here. */
function typeOf(factor: ListedFactor): FactorType {
  switch (factor.kind) {
    case 'totp':
      return { case: 'otp', value: {} };
    case 'otpEmail':
      return { case: 'otpEmail', value: {} };
    case 'otpSms':
      return { case: 'otpSms', value: {} };
    case 'u2f':
      return { case: 'u2f', value: { id: factor.token_id, name: factor.name } };
  }
}

/** Newer than the published descriptors (docs of `AuthenticationMethodType`). */
const RECOVERY_CODE = 8 as AuthenticationMethodType;

const METHOD_TYPE: Record<FactorTable['kind'], AuthenticationMethodType> = {
  totp: AuthenticationMethodType.TOTP,
  u2f: AuthenticationMethodType.U2F,
  passkey: AuthenticationMethodType.PASSKEY,
  otpSms: AuthenticationMethodType.OTP_SMS,
  otpEmail: AuthenticationMethodType.OTP_EMAIL,
  recoveryCodes: RECOVERY_CODE,
};

/** Ways in which the user can prove themselves: each kind once, and the password. */
export function toMethodTypes(
  factors: readonly FactorTable[],
  user: UserTable | undefined,
): AuthenticationMethodType[] {
  const kinds = new Set(factors.map((factor) => METHOD_TYPE[factor.kind]));
  return [...kinds, ...(user?.password_hash ? [AuthenticationMethodType.PASSWORD] : [])];
}
