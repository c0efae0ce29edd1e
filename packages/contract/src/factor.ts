import * as z from 'zod/mini';
import { Id } from './id.ts';

/** `ready`: asked for at sign-in. `notReady`: enrolment was begun and never finished. */
export const FactorState = z.enum(['ready', 'notReady']);
export type FactorState = z.infer<typeof FactorState>;

/**
 * When a factor was added and last used at sign-in, RFC 3339 in UTC; null or absent when that is not known: see
 * `FactorList` for whether the viewer could have known.
 */
const times = { addedAt: z.optional(z.nullable(z.string())), lastUsedAt: z.optional(z.nullable(z.string())) };
const single = { state: FactorState, ...times };
const key = { state: FactorState, id: Id, name: z.string(), ...times };

/**
 * One second factor of a user. Only keys have an id and a name, because a user holds at most one of every other kind:
 * a removal without an id cannot be written for a key.
 */
export const Factor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('totp'), ...single }),
  z.object({ kind: z.literal('otpSms'), ...single }),
  z.object({ kind: z.literal('otpEmail'), ...single }),
  z.object({ kind: z.literal('u2f'), ...key }),
  z.object({ kind: z.literal('passkey'), ...key }),
  z.object({ kind: z.literal('recoveryCodes'), ...single }),
]);
export type Factor = z.infer<typeof Factor>;
export type FactorKind = Factor['kind'];

/** What names one factor of a given user, and nothing more. */
export const FactorRef = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('totp') }),
  z.object({ kind: z.literal('otpSms') }),
  z.object({ kind: z.literal('otpEmail') }),
  z.object({ kind: z.literal('u2f'), id: Id }),
  z.object({ kind: z.literal('passkey'), id: Id }),
  z.object({ kind: z.literal('recoveryCodes') }),
]);
export type FactorRef = z.infer<typeof FactorRef>;

/** The name of a factor without what is only shown: what a removal carries. */
export function toFactorRef(factor: Factor | FactorRef): FactorRef {
  return factor.kind === 'u2f' || factor.kind === 'passkey'
    ? { kind: factor.kind, id: factor.id }
    : { kind: factor.kind };
}

/** Whether two name the same factor of one user. */
export function isSameFactor(a: FactorRef, b: FactorRef): boolean {
  return a.kind === b.kind && ('id' in a ? a.id : '') === ('id' in b ? b.id : '');
}
