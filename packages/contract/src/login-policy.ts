import * as z from 'zod/mini';
import { Allowance } from './allowance.ts';

/** The second factor types a login policy can allow. The same words as the kinds of factors they allow. */
export const SecondFactorType = z.enum(['totp', 'u2f', 'otpEmail', 'otpSms', 'recoveryCodes']);
export type SecondFactorType = z.infer<typeof SecondFactorType>;
export const secondFactorTypes = SecondFactorType.options;

/** Lifetimes are whole seconds; null when ZITADEL sent none. */
const Seconds = z.nullable(z.number());

/** The instance's login policy. `multiFactors` holds `u2fWithVerification` when a passkey counts as two factors. */
export const LoginPolicy = z.object({
  secondFactors: z.array(SecondFactorType),
  multiFactors: z.array(z.enum(['u2fWithVerification'])),
  forceMfa: z.boolean(),
  forceMfaLocalOnly: z.boolean(),
  passwordlessAllowed: z.boolean(),
  usernamePasswordAllowed: z.boolean(),
  lifetimes: z.object({
    passwordCheck: Seconds,
    externalLoginCheck: Seconds,
    mfaInitSkip: Seconds,
    secondFactorCheck: Seconds,
    multiFactorCheck: Seconds,
  }),
  changedAt: z.nullable(z.string()),
  /** Whether each change needs the approval of a second person. */
  approvalRequired: z.optional(z.boolean()),
  actions: z.object({ changeSecondFactors: Allowance }),
});
export type LoginPolicy = z.infer<typeof LoginPolicy>;
