import * as z from 'zod/mini';
import { FactorRef } from './factor.ts';
import { Id } from './id.ts';
import { SecondFactorType } from './login-policy.ts';

export const maximumReasonLength = 500;

export const maximumTicketLength = 100;

/** Why an act was done: asked for before every removal and every change of the login policy. */
export const ReasonBody = z.object({
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(maximumReasonLength)),
  ticket: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(maximumTicketLength))),
});
export type ReasonBody = z.infer<typeof ReasonBody>;

/** What has to be typed before the last second factor type goes while a second factor is forced. */
export const lockOutWord = 'LOCK OUT';

/**
 * Why the login policy is changed. `confirm` is needed for one change only: the removal of the last second factor type
 * while a second factor is forced, after which nobody can sign in (`confirmation_required`).
 */
export const PolicyReasonBody = z.extend(ReasonBody, {
  confirm: z.optional(z.literal(lockOutWord)),
  /** Where the operator asks for a second person: what they approved. */
  approvalId: z.optional(Id),
});
export type PolicyReasonBody = z.infer<typeof PolicyReasonBody>;

/**
 * `removed`: ZITADEL confirmed it. `alreadyGone`: the thing was not there any more and reading back confirmed that;
 * it counts as done. Everything else is a problem (`not_removed`, `outcome_unknown`).
 */
export const RemovalOutcome = z.enum(['removed', 'alreadyGone']);
export type RemovalOutcome = z.infer<typeof RemovalOutcome>;

/** The answer to a removal of a factor. `at` is RFC 3339 in UTC. */
export const FactorRemoval = z.object({ outcome: RemovalOutcome, factor: FactorRef, at: z.string() });
export type FactorRemoval = z.infer<typeof FactorRemoval>;

/** The answer to a change of the login policy's second factors. `at` is RFC 3339 in UTC. */
export const PolicyChange = z.object({
  outcome: z.enum(['removed', 'alreadyGone', 'added', 'alreadyThere']),
  type: SecondFactorType,
  at: z.string(),
});
export type PolicyChange = z.infer<typeof PolicyChange>;
