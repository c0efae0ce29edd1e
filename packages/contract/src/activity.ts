import * as z from 'zod/mini';
import { CodeChannel } from './code-channel.ts';
import { FactorRef } from './factor.ts';
import { Id } from './id.ts';
import { SecondFactorType } from './login-policy.ts';

/** What a decision is about; `planHash` is of what was shown. */
const Decided = { userId: z.optional(Id), approvalId: Id, resetId: z.optional(Id), planHash: z.optional(z.string()) };

/** What Latchkey did, each with what it was done to. */
export const Act = z.discriminatedUnion('act', [
  z.object({ act: z.literal('removeFactor'), userId: Id, factor: FactorRef, name: z.optional(z.string()) }),
  z.object({ act: z.literal('removeSecondFactor'), type: SecondFactorType }),
  z.object({ act: z.literal('addSecondFactor'), type: SecondFactorType }),
  z.object({ act: z.literal('endSession'), userId: Id, sessionId: Id }),
  z.object({ act: z.literal('lockUser'), userId: Id }),
  z.object({ act: z.literal('unlockUser'), userId: Id }),
  /** `caller`: how the caller was verified, a code's target masked. `planHash`: what was planned. */
  z.object({
    act: z.literal('startReset'),
    userId: Id,
    resetId: Id,
    caller: z.optional(
      z.object({
        how: z.enum(['callBack', 'videoWithBadge', 'managerConfirms', 'code']),
        to: z.nullable(z.string()),
      }),
    ),
    planHash: z.optional(z.string()),
  }),
  z.object({ act: z.literal('takeOverReset'), userId: Id, resetId: Id }),
  z.object({ act: z.literal('skipResetStep'), userId: Id, resetId: Id, number: z.int() }),
  z.object({ act: z.literal('cancelReset'), userId: Id, resetId: Id }),
  z.object({ act: z.literal('finishReset'), userId: Id, resetId: Id }),
  z.object({ act: z.literal('sendPasswordReset'), userId: Id }),
  z.object({ act: z.literal('sendPasskeyLink'), userId: Id }),
  z.object({ act: z.literal('tellUser'), userId: Id, resetId: Id }),
  /** Done by the service account; `agentId` is who asked it to. */
  z.object({ act: z.literal('sendCallerCode'), userId: Id, channel: CodeChannel, agentId: z.optional(Id) }),
  z.object({ act: z.literal('checkCallerCode'), userId: Id, channel: CodeChannel, agentId: z.optional(Id) }),
  /** Decisions of a second person; `userId` and `resetId` are of a reset, absent for the policy and for limits. */
  z.object({ act: z.literal('requestApproval'), ...Decided }),
  z.object({ act: z.literal('approve'), ...Decided }),
  z.object({ act: z.literal('refuseApproval'), ...Decided }),
  z.object({ act: z.literal('withdrawApproval'), ...Decided }),
  /** "This was not me", pressed by whoever had the mail. */
  z.object({ act: z.literal('disputeReset'), userId: Id, resetId: Id }),
]);
export type Act = z.infer<typeof Act>;

/**
 * What became of an act. `unneeded`: it was so before. `refused`: ZITADEL said no. `unknown`: nobody could tell, or the
 * process died before it could be written down; it is looked up when the person is next opened.
 */
export const ActOutcome = z.enum(['done', 'unneeded', 'notDone', 'refused', 'unknown']);
export type ActOutcome = z.infer<typeof ActOutcome>;

/** An audit record of Latchkey: who did what to whom, why, and what became of it. Times are RFC 3339 in UTC. */
export const AuditRecord = z.object({
  source: z.literal('latchkey'),
  actId: z.string(),
  at: z.string(),
  actorId: Id,
  act: Act,
  reason: z.string(),
  ticket: z.nullable(z.string()),
  outcome: ActOutcome,
  /** Whether the outcome was found by looking later, because the process had died. */
  resolvedLater: z.boolean(),
  requestId: z.string(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

/**
 * An event of ZITADEL. `event` is its type, such as `user.human.mfa.otp.email.removed`; `text` ZITADEL's own words for it
 * in English, for types we have no words for.
 */
export const ZitadelEvent = z.object({
  source: z.literal('zitadel'),
  at: z.string(),
  sequence: z.string(),
  event: z.string(),
  text: z.string(),
  actorId: z.string(),
  actorName: z.string(),
  /** What it happened to; absent in the activity of one person, where it is that person. */
  target: z.optional(z.object({ type: z.string(), id: z.string() })),
});
export type ZitadelEvent = z.infer<typeof ZitadelEvent>;

export const ActivityEntry = z.discriminatedUnion('source', [AuditRecord, ZitadelEvent]);
export type ActivityEntry = z.infer<typeof ActivityEntry>;

/**
 * A page of what happened, newest first. `next` is the `before` of the page that follows; null at the end. `scope` is
 * `all` for viewers who may read ZITADEL's events; others see Latchkey's acts only: their own, and those on people they
 * may read.
 */
export const ActivityPage = z.object({
  entries: z.array(ActivityEntry),
  next: z.nullable(z.string()),
  /** Display names by user id, of all who appear in the entries and whom the viewer may see. */
  names: z.optional(z.record(z.string(), z.string())),
  scope: z.optional(z.enum(['all', 'own'])),
});
export type ActivityPage = z.infer<typeof ActivityPage>;

export const maximumActivityPageSize = 100;

/** What a list of activity can be asked for. */
export const ActivitySearch = z.object({
  before: z.optional(z.string().check(z.regex(/^\d{1,20}_\d{1,16}$/))),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(maximumActivityPageSize)), 25),
});
export type ActivitySearch = z.infer<typeof ActivitySearch>;

/** What the whole activity can be filtered by. */
export const ActivityKind = z.enum(['factors', 'policy', 'locks', 'sessions', 'passwords', 'accounts']);
export type ActivityKind = z.infer<typeof ActivityKind>;

const Moment = z.iso.datetime();

/** What the whole activity can be asked for. `from` belongs to the stretch of time, `until` does not. */
export const WholeActivitySearch = z.object({
  before: z.optional(z.string().check(z.regex(/^\d{1,20}$/))),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(maximumActivityPageSize)), 50),
  userId: z.optional(Id),
  actorId: z.optional(Id),
  kind: z.optional(ActivityKind),
  from: z.optional(Moment),
  until: z.optional(Moment),
});
export type WholeActivitySearch = z.infer<typeof WholeActivitySearch>;
