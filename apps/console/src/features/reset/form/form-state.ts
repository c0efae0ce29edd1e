import { type Factor, FactorRef, isSameFactor, toFactorRef } from '@latchkey/contract/factor';
import { CallerCode, Reenrolment, type ResetBody, type ResetOptions } from '@latchkey/contract/reset';
import * as z from 'zod/mini';

/**
 * What the first screen holds. It survives a fresh sign-in in this tab's session storage, so it never holds a code: only
 * the name of one that was sent.
 */
export const ResetForm = z.object({
  how: z.nullable(z.enum(['callBack', 'videoWithBadge', 'managerConfirms', 'code'])),
  callerCode: z.nullable(CallerCode),
  reason: z.string(),
  ticket: z.string(),
  /** What the caller still holds and keeps. */
  kept: z.array(FactorRef),
  sessions: z.union([z.literal('all'), z.array(z.string())]),
  lock: z.boolean(),
  keepLocked: z.boolean(),
  reenrolment: Reenrolment,
});
export type ResetForm = z.infer<typeof ResetForm>;

/** The form before anybody touched it: everything goes, nothing is said about the caller yet. */
export function emptyForm({ steps, dispute }: Pick<ResetOptions, 'steps' | 'dispute'>): ResetForm {
  return {
    how: null,
    callerCode: null,
    reason: '',
    ticket: '',
    kept: [],
    sessions: 'all',
    lock: steps.lock.allowed,
    keepLocked: steps.lock.allowed && dispute != null,
    reenrolment: 'none',
  };
}

/** The caller read out a code that was sent to it, and is believed because of that. */
export const isVouching = ({ how, callerCode }: ResetForm, { kind }: Factor): boolean =>
  how === 'code' && callerCode?.state === 'verified' && callerCode.channel === kind;

/** Whether a factor is kept, not removed. What vouches for the caller is: a stolen phone must not have itself removed. */
export const isKept = (form: ResetForm, factor: Factor): boolean =>
  isVouching(form, factor) || form.kept.some((candidate) => isSameFactor(candidate, factor));

/** What is missing or wrong, field by field, in the order of the screen. */
export type FormFault = 'caller' | 'callerCode' | 'reason' | 'ticket' | 'nothing';

/** The faults of a form; none when it can be sent. */
export function findFaults(
  form: ResetForm,
  { factors, ticketPattern }: Pick<ResetOptions, 'factors' | 'ticketPattern'>,
): readonly FormFault[] {
  const faults: FormFault[] = [];
  if (form.how === null) faults.push('caller');
  if (form.how === 'code' && form.callerCode?.state !== 'verified') faults.push('callerCode');
  if (form.reason.trim() === '') faults.push('reason');
  if (!fitsPattern(form.ticket.trim(), ticketPattern)) faults.push('ticket');
  if (doesNothing(form, factors)) faults.push('nothing');
  return faults;
}

const doesNothing = (form: ResetForm, factors: readonly Factor[]): boolean =>
  factors.every((factor) => isKept(form, factor)) &&
  form.sessions.length === 0 &&
  !form.lock &&
  form.reenrolment === 'none';

/** Whether a ticket is as the operator wants it, who wants one wherever there is a pattern; the BFF has the last word. */
function fitsPattern(ticket: string, pattern: string | null): boolean {
  if (pattern === null) return true;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(ticket);
  } catch {
    return true;
  }
}

/** What is sent. Steps that the agent's role does not allow are sent, too: the case then says that they were left out. */
export function toResetBody(form: ResetForm, { factors }: Pick<ResetOptions, 'factors'>): ResetBody | null {
  const caller = toCaller(form);
  if (caller === null) return null;
  const ticket = form.ticket.trim();
  return {
    caller,
    reason: form.reason.trim(),
    ...(ticket !== '' && { ticket }),
    choice: {
      remove: factors.filter((factor) => !isKept(form, factor)).map(toFactorRef),
      sessions: form.sessions,
      lock: form.lock,
      keepLocked: form.keepLocked,
      reenrolment: form.reenrolment,
    },
  };
}

function toCaller({ how, callerCode }: ResetForm): ResetBody['caller'] | null {
  if (how === null) return null;
  if (how !== 'code') return { how };
  return callerCode?.state === 'verified' ? { how, callerCodeId: callerCode.callerCodeId } : null;
}
