import * as z from 'zod/mini';
import { Allowance } from './allowance.ts';
import { CodeChannel } from './code-channel.ts';
import { Factor, FactorRef } from './factor.ts';
import { Id } from './id.ts';
import { ProblemCode } from './problem.ts';
import { ReasonBody } from './removal.ts';
import { Dispute, OrganisationRef, UserState } from './user.ts';
import { UserSession } from './user-session.ts';

// A file of its own: whoever reads activity, the console's first page among them, needs no more of a reset than this.
export { CodeChannel };

/**
 * How the agent made sure who is calling. What only the caller is supposed to know (birth date, employee number) is no
 * choice: attackers know it. `callerCodeId` names a code that was sent by `CallerCode` and checked.
 */
export const CallerCheck = z.discriminatedUnion('how', [
  z.object({ how: z.literal('callBack') }),
  z.object({ how: z.literal('videoWithBadge') }),
  z.object({ how: z.literal('managerConfirms') }),
  z.object({ how: z.literal('code'), callerCodeId: Id }),
]);
export type CallerCheck = z.infer<typeof CallerCheck>;

/** A code to the caller: sent, and whether what they read out was right. `to` is masked; times are RFC 3339 in UTC. */
export const CallerCode = z.object({
  callerCodeId: Id,
  channel: CodeChannel,
  to: z.string(),
  state: z.enum(['sent', 'verified', 'failed', 'expired']),
  attemptsLeft: z.int(),
  expiresAt: z.string(),
});
export type CallerCode = z.infer<typeof CallerCode>;
export const CallerCodeBody = z.object({ channel: CodeChannel });
export const CallerCodeCheckBody = z.object({
  code: z.string().check(z.trim(), z.regex(/^[0-9A-Za-z]{4,12}$/)),
});

/** How the person gets back in: a mail to set a new password, a link to register a passkey, or nothing. */
export const Reenrolment = z.enum(['none', 'passwordReset', 'passkeyLink']);
export type Reenrolment = z.infer<typeof Reenrolment>;

/** What a case is to do. With `sessions: 'all'` those that begin while it runs end, too. */
export const ResetChoice = z.object({
  remove: z.array(FactorRef).check(z.maxLength(100)),
  sessions: z.union([z.literal('all'), z.array(Id).check(z.maxLength(200))]),
  /** Locked while it runs, unlocked at the end; with `keepLocked` it stays locked. */
  lock: z.boolean(),
  keepLocked: z.boolean(),
  reenrolment: Reenrolment,
});
export type ResetChoice = z.infer<typeof ResetChoice>;

/** What the first screen sends. */
export const ResetBody = z.extend(ReasonBody, { caller: CallerCheck, choice: ResetChoice });
export type ResetBody = z.infer<typeof ResetBody>;

/**
 * Whether a step may be in a case, and why not: as everywhere, or because ZITADEL refuses it in the `state` the account
 * is in (a machine has no factors to reset, a deactivated account cannot be locked).
 */
export const ResetAllowance = z.union([
  Allowance,
  z.object({ allowed: z.literal(false), because: z.literal('state') }),
]);
export type ResetAllowance = z.infer<typeof ResetAllowance>;

/** One step of a case, in the safe order (recovery codes, lock, sessions, factors, re-enrolment, telling, unlock). */
export const ResetDeed = z.discriminatedUnion('step', [
  z.object({ step: z.literal('removeFactor'), factor: FactorRef, name: z.optional(z.string()) }),
  z.object({ step: z.literal('lockUser') }),
  z.object({ step: z.literal('endSession'), sessionId: Id, device: z.nullable(z.string()) }),
  /** Whatever sessions have begun since the plan was made. */
  z.object({ step: z.literal('endLaterSessions') }),
  z.object({ step: z.literal('sendPasswordReset') }),
  z.object({ step: z.literal('sendPasskeyLink') }),
  z.object({ step: z.literal('tellUser') }),
  z.object({ step: z.literal('unlockUser') }),
]);
export type ResetDeed = z.infer<typeof ResetDeed>;

/**
 * `planned`: not tried. `tried`: stored before ZITADEL was asked, no answer written (being asked now, or its process
 * died). `unneeded`: it was so already, which counts as done. `waiting`: a mail that is retried. The rest as in the audit.
 */
export const ResetStepState = z.enum([
  'planned',
  'tried',
  'done',
  'unneeded',
  'waiting',
  'notDone',
  'refused',
  'unknown',
  'skipped',
]);
export type ResetStepState = z.infer<typeof ResetStepState>;

/**
 * `skipped` is why it was or will be left out: `agent` with the agent's `reason`; `permission`: their role does not allow
 * it; `locked`: ZITADEL refuses it for a locked account; `state`: for one in another state (deactivated, not set up yet);
 * `noAddress`: nobody could be told; `noMail`: no mail server set up; `disputed`: "this was not me" was pressed, so that
 * the account stays locked.
 */
export const ResetStep = z.object({
  number: z.int(),
  deed: ResetDeed,
  state: ResetStepState,
  triedAt: z.nullable(z.string()),
  answeredAt: z.nullable(z.string()),
  skipped: z.nullable(
    z.object({
      because: z.enum(['agent', 'permission', 'locked', 'state', 'noAddress', 'noMail', 'disputed']),
      reason: z.nullable(z.string()),
    }),
  ),
  problem: z.nullable(ProblemCode),
  permission: z.nullable(z.string()),
  role: z.nullable(z.string()),
  /** The audit record of the try; for `endLaterSessions` how many were ended is in `count`. */
  actId: z.nullable(z.string()),
  count: z.nullable(z.int()),
  /** Whether it is one that may be left out, where `actions.skip` allows any. */
  skippable: z.optional(z.boolean()),
});
export type ResetStep = z.infer<typeof ResetStep>;

/**
 * `planned`: may run (where no second person is needed, or after they approved). `waiting`: for the second person.
 * `refused`: by them; over. `interrupted`: it ran, and its process or session ended. `stopped`: a step failed; it is
 * retried or skipped. `done` and `cancelled` are over.
 */
export const ResetState = z.enum([
  'planned',
  'waiting',
  'refused',
  'running',
  'interrupted',
  'stopped',
  'done',
  'cancelled',
]);
export type ResetState = z.infer<typeof ResetState>;

const Person = z.object({ userId: Id, name: z.string() });

/** What the user was told. `address` is the one it went to; null when none is verified. */
export const ResetNotice = z.object({
  state: z.enum(['sent', 'waiting', 'failed', 'noAddress', 'noMail']),
  address: z.nullable(z.string()),
  attempts: z.int(),
  sentAt: z.nullable(z.string()),
  nextAttemptAt: z.nullable(z.string()),
  /** Whether the mail has a link for "this was not me". */
  notMe: z.boolean(),
});
export type ResetNotice = z.infer<typeof ResetNotice>;

/** One case, as it is listed. Times are RFC 3339 in UTC. */
export const ResetSummary = z.object({
  resetId: Id,
  user: z.object({ userId: Id, name: z.string(), loginName: z.string() }),
  organisation: OrganisationRef,
  state: ResetState,
  /** Who runs it now, and who started it. */
  agent: Person,
  startedBy: Person,
  reason: z.string(),
  ticket: z.nullable(z.string()),
  createdAt: z.string(),
  changedAt: z.string(),
  finishedAt: z.nullable(z.string()),
  /** "This was not me" was pressed: when, and whether the account could be locked. */
  disputed: z.nullable(z.object({ at: z.string(), locked: z.boolean() })),
  stepsDone: z.int(),
  stepsInAll: z.int(),
});
export type ResetSummary = z.infer<typeof ResetSummary>;

/** What the viewer may do with a case now. */
export const ResetActions = z.object({
  run: z.boolean(),
  skip: z.boolean(),
  cancel: z.boolean(),
  takeOver: z.boolean(),
  requestApproval: z.boolean(),
});
export type ResetActions = z.infer<typeof ResetActions>;

export const Reset = z.extend(ResetSummary, {
  caller: z.object({
    how: z.enum(['callBack', 'videoWithBadge', 'managerConfirms', 'code']),
    to: z.nullable(z.string()),
  }),
  steps: z.array(ResetStep),
  /** SHA-256 over what will run, base64url: an approval is for this plan and no other. */
  planHash: z.string(),
  approval: z.nullable(
    z.object({
      approvalId: z.nullable(Id),
      /** `needed`: not asked for yet. */
      state: z.enum(['needed', 'waiting', 'approved', 'refused', 'expired', 'used']),
      because: z.enum(['admin', 'lastFactorOfAdmin']),
      /** How many others could approve; null when the viewer cannot see that. */
      approvers: z.nullable(z.int()),
      expiresAt: z.nullable(z.string()),
      decidedBy: z.nullable(Person),
      decidedAt: z.nullable(z.string()),
      decisionReason: z.nullable(z.string()),
    }),
  ),
  notice: z.nullable(ResetNotice),
  keptLocked: z.boolean(),
  /** Whether this case locked the account and has not unlocked it: said when it is cancelled, too. */
  leftLocked: z.boolean(),
  /** Whether it may not run any more: a day after it was made, or two hours after somebody approved it. */
  tooOld: z.optional(z.boolean()),
  /** Until when at most refresh tokens of ended sessions can live, and can while the account stays locked. */
  tokensLiveUntil: z.string(),
  tokensLiveUntilIfLocked: z.string(),
  actions: ResetActions,
});
export type Reset = z.infer<typeof Reset>;

/** Open cases first, newest first within. `next` is the `before` of the page that follows; null at the end. */
export const ResetList = z.object({ resets: z.array(ResetSummary), next: z.nullable(z.string()) });
export type ResetList = z.infer<typeof ResetList>;
export const ResetSearch = z.object({
  open: z.optional(z.enum(['true', 'false'])),
  /** Only those that locked an account which has not been unlocked since, the newest 200. */
  locked: z.optional(z.literal('true')),
  userId: z.optional(Id),
  before: z.optional(z.string().check(z.regex(/^\d{1,16}$/))),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
});
export type ResetSearch = z.infer<typeof ResetSearch>;

export const SkipBody = z.object({ reason: ReasonBody.shape.reason });

/** What the first screen has to know before anything is stored. Times in seconds where they are lengths. */
export const ResetOptions = z.object({
  user: z.object({
    userId: Id,
    name: z.string(),
    loginName: z.string(),
    organisation: OrganisationRef,
    state: UserState,
    /** The number on record, to call back; null when there is none. */
    phone: z.nullable(z.object({ number: z.string(), verified: z.boolean() })),
    roles: z.nullable(z.array(z.string())),
  }),
  /** Whether a case may be started at all: not on oneself, not on somebody above, not without `user.write`. */
  start: ResetAllowance,
  /** An open case of this user, which has to end first. */
  openReset: z.nullable(z.object({ resetId: Id, agent: Person })),
  /** As the person has it: then a case does not unlock the account. */
  dispute: z.optional(z.nullable(Dispute)),
  factors: z.array(Factor),
  /** null when the agent may not see them. */
  sessions: z.nullable(z.array(UserSession)),
  steps: z.object({
    removeFactor: ResetAllowance,
    removeRecoveryCodes: ResetAllowance,
    endSession: ResetAllowance,
    lock: ResetAllowance,
    passwordReset: ResetAllowance,
    passkeyLink: ResetAllowance,
  }),
  /** Where a code could be sent; null when the operator has set up no service account. `to` is masked. */
  channels: z.nullable(z.array(z.object({ channel: CodeChannel, to: z.string() }))),
  notice: z.object({ address: z.nullable(z.string()), mail: z.boolean(), notMe: z.boolean() }),
  approval: z.nullable(z.object({ because: z.enum(['admin', 'lastFactorOfAdmin']), approvers: z.nullable(z.int()) })),
  refresh: z.object({ idle: z.int(), absolute: z.int() }),
  recoveryCodesAtSignIn: z.boolean(),
  /** A regular expression the whole ticket must match; null for any. */
  ticketPattern: z.nullable(z.string()),
  /** Cases the agent may still start this hour. */
  brake: z.object({ left: z.int(), limit: z.int(), endsAt: z.nullable(z.string()) }),
});
export type ResetOptions = z.infer<typeof ResetOptions>;
