import * as z from 'zod/mini';
import { Id } from './id.ts';
import { SecondFactorType } from './login-policy.ts';
import { PolicyReasonBody, ReasonBody } from './removal.ts';
import { ResetDeed } from './reset.ts';

/** `used`: what was approved has begun. `expired`: nobody decided, or nobody ran it, in time. */
export const ApprovalState = z.enum(['waiting', 'approved', 'refused', 'expired', 'used', 'withdrawn']);
export type ApprovalState = z.infer<typeof ApprovalState>;

/** Exactly what will happen. `limit`: the requester's hard stop on removals is lifted once. */
export const ApprovalSubject = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reset'),
    resetId: Id,
    user: z.object({ userId: Id, name: z.string(), loginName: z.string() }),
    caller: z.enum(['callBack', 'videoWithBadge', 'managerConfirms', 'code']),
    deeds: z.array(ResetDeed),
    keptLocked: z.boolean(),
  }),
  z.object({
    kind: z.literal('policy'),
    act: z.enum(['removeSecondFactor', 'addSecondFactor']),
    type: SecondFactorType,
    locksEverybodyOut: z.boolean(),
  }),
  z.object({ kind: z.literal('limit'), limit: z.enum(['removals/h', 'removals/d']) }),
]);
export type ApprovalSubject = z.infer<typeof ApprovalSubject>;

const Person = z.object({ userId: Id, name: z.string() });

/** A request to a second person. Times are RFC 3339 in UTC. */
export const Approval = z.object({
  approvalId: Id,
  subject: ApprovalSubject,
  /** SHA-256 over the subject, base64url: the decision is for this and nothing else. */
  planHash: z.string(),
  state: ApprovalState,
  requestedBy: Person,
  reason: z.string(),
  ticket: z.nullable(z.string()),
  requestedAt: z.string(),
  expiresAt: z.string(),
  decidedBy: z.nullable(Person),
  decidedAt: z.nullable(z.string()),
  decisionReason: z.nullable(z.string()),
  /** Whether the viewer may decide; `own`: they asked for it, `subject`: it is about them. */
  decide: z.discriminatedUnion('allowed', [
    z.object({ allowed: z.literal(true) }),
    z.object({
      allowed: z.literal(false),
      because: z.enum(['own', 'subject', 'rank', 'permission', 'decided']),
      permission: z.optional(z.string()),
      role: z.optional(z.string()),
    }),
  ]),
});
export type Approval = z.infer<typeof Approval>;

/** What waits, and what was decided lately, newest first. */
export const ApprovalList = z.object({ approvals: z.array(Approval), waitingForViewer: z.int() });
export type ApprovalList = z.infer<typeof ApprovalList>;

/** What a person asks a second one for; a reset's request is made from its case. */
export const ApprovalBody = z.discriminatedUnion('kind', [
  z.extend(PolicyReasonBody, {
    kind: z.literal('policy'),
    act: z.enum(['removeSecondFactor', 'addSecondFactor']),
    type: SecondFactorType,
  }),
  z.extend(ReasonBody, { kind: z.literal('limit'), limit: z.enum(['removals/h', 'removals/d']) }),
]);
export type ApprovalBody = z.infer<typeof ApprovalBody>;

/** The hash of what the approver saw. */
export const ApproveBody = z.object({ planHash: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)) });
export const RefuseBody = z.object({ reason: ReasonBody.shape.reason });
