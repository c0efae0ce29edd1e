import type { Factor, FactorKind, FactorState } from '@latchkey/contract/factor';
import { idPattern } from '@latchkey/contract/id';
import { type AuthFactor, AuthFactorState, type Passkey } from '@zitadel/proto/zitadel/user/v2/user_pb.js';

/**
 * ZITADEL's factor as ours. ZITADEL calls the authenticator app `otp` here and `totp` elsewhere; this is the one place
 * that knows.
 *
 * @returns undefined for what is not shown: removed ones, and shapes a newer ZITADEL may have.
 */
export function toFactor({ state: theirState, type }: AuthFactor): Factor | undefined {
  const state = toState(theirState);
  if (!state) return undefined;
  switch (type.case) {
    case 'otp':
      return { kind: 'totp', state };
    case 'otpSms':
    case 'otpEmail':
      return { kind: type.case, state };
    case 'u2f':
      return idPattern.test(type.value.id)
        ? { kind: 'u2f', state, id: type.value.id, name: type.value.name }
        : undefined;
    case undefined:
      return undefined;
  }
}

/** The same for passkeys, which ZITADEL lists apart. */
export function toPasskey({ id, name, state: theirState }: Passkey): Factor | undefined {
  const state = toState(theirState);
  return state && idPattern.test(id) ? { kind: 'passkey', state, id, name } : undefined;
}

function toState(state: AuthFactorState): FactorState | undefined {
  switch (state) {
    case AuthFactorState.READY:
      return 'ready';
    case AuthFactorState.NOT_READY:
      return 'notReady';
    default:
      return undefined;
  }
}

/** The order in which a person's factors are shown. */
const order: Record<FactorKind, number> = { totp: 0, u2f: 1, passkey: 2, otpSms: 3, otpEmail: 4, recoveryCodes: 5 };

export function sortFactors(factors: readonly Factor[]): Factor[] {
  const name = (factor: Factor) => ('name' in factor ? factor.name : '');
  return factors.toSorted((a, b) => order[a.kind] - order[b.kind] || name(a).localeCompare(name(b)));
}
