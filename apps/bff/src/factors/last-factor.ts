import { type Factor, type FactorRef, isSameFactor } from '@latchkey/contract/factor';

/**
 * Whether a factor is all that stands between a person's password and whoever has it: then it goes from an admin in a
 * reset, which a second person approves, and in no other way. One whose enrolment was never finished is not asked for at
 * sign-in: it protects nobody, and may go.
 */
export function isLastReady(factors: readonly Factor[], factor: FactorRef): boolean {
  const ready = factors.filter(({ state }) => state === 'ready');
  return ready.length === 1 && ready.every((only) => isSameFactor(only, factor));
}
