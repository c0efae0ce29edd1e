import type { Problem } from '@latchkey/contract/problem';
import { t } from '@lingui/core/macro';
import { formatDuration } from './format.ts';

/** What happened and what to do about it, in the reader's words. */
export type ProblemWords = { readonly happened: string; readonly todo: string };

/**
 * The words for a problem, chosen by its code alone: neither the BFF's title nor ZITADEL's message is ever shown. A new
 * code does not compile until it has words here.
 */
export function explainProblem({
  code,
  permission,
  role,
  limit,
  retryAfter,
}: Pick<Problem, 'code' | 'permission' | 'role' | 'limit' | 'retryAfter'>): ProblemWords {
  switch (code) {
    case 'no_session':
    case 'session_expired':
      return { happened: t`You are not signed in any more.`, todo: t`Sign in, then try again.` };
    case 'step_up_required':
      return {
        happened: t`Your sign-in is too old for this.`,
        todo: t`Removals need a sign-in of the last five minutes. Sign in again, then go on here.`,
      };
    case 'cross_site':
    case 'csrf':
      return {
        happened: t`The request did not look as if it came from this page.`,
        todo: t`Reload the page, then try again.`,
      };
    case 'invalid_input':
      return {
        happened: t`Something in the request was not accepted.`,
        todo: t`Check what you typed, then try again.`,
      };
    case 'not_found':
      return { happened: t`This is not there, or not visible to you.`, todo: t`Go back to the list and search again.` };
    case 'no_such_route':
    case 'method_not_allowed':
    case 'unsupported_media_type':
    case 'key_reused':
      return {
        happened: t`This page and its server are not of the same version.`,
        todo: t`Reload the page, then try again.`,
      };
    case 'not_permitted':
      return { happened: t`Your role does not allow this.`, todo: whatToAskFor(permission, role) };
    case 'self_refused':
      return {
        happened: t`This is your own account.`,
        todo: t`Ask a colleague: nobody resets themselves here.`,
      };
    case 'rank_refused':
      return {
        happened: t`This person holds an admin role that yours does not cover.`,
        todo: t`Ask somebody whose role covers theirs.`,
      };
    case 'precondition_failed':
      return {
        happened: t`ZITADEL refused it as things stand.`,
        todo: t`Reload to see how things stand, then decide again.`,
      };
    case 'confirmation_required':
      return {
        happened: t`This would lock everybody out.`,
        todo: t`Confirm it in the dialog, or keep a second factor type.`,
      };
    case 'conflict':
      return { happened: t`Somebody else was changing the same thing.`, todo: t`Reload to see how it stands.` };
    case 'case_open':
      return { happened: t`This person has an open reset already.`, todo: t`Open it: resume it, or take it over.` };
    case 'case_changed':
      return { happened: t`The case changed meanwhile.`, todo: t`Look at it again, then decide.` };
    case 'approval_required':
      return { happened: t`This needs a second person.`, todo: t`Start a reset: a colleague approves it there.` };
    case 'code_wrong':
      return { happened: t`That is not the code that was sent.`, todo: t`Ask the caller to read it out again.` };
    case 'not_removed':
      return { happened: t`ZITADEL still has it.`, todo: t`Try again in a moment.` };
    case 'outcome_unknown':
      return { happened: t`ZITADEL did not say whether it was done.`, todo: t`Reload to see how it stands.` };
    case 'payload_too_large':
      return { happened: t`That was too long.`, todo: t`Shorten what you typed, then try again.` };
    case 'rate_limited':
      return { happened: limitWords(limit), todo: whenToTryAgain(retryAfter) };
    case 'upstream_unavailable':
      return { happened: t`ZITADEL cannot be reached at the moment.`, todo: t`Try again in a moment.` };
    case 'store_unavailable':
      return { happened: t`Something broke on our side.`, todo: t`Try again in a moment.` };
    case 'upstream_timeout':
      return { happened: t`ZITADEL took too long to answer.`, todo: t`Try again in a moment.` };
    case 'upstream_error':
      return {
        happened: t`ZITADEL answered with an error.`,
        todo: t`Try again. If it stays, tell your operator and quote the request id.`,
      };
    case 'internal':
      return {
        happened: t`Something broke on our side.`,
        todo: t`Try again. If it stays, tell your operator and quote the request id.`,
      };
  }
}

/** What to ask for when a right is missing, as exactly as it is known. */
export function whatToAskFor(permission: string | undefined, role: string | undefined): string {
  if (permission && role) return t`It needs the permission ${permission}, which the role ${role} has.`;
  if (permission) return t`It needs the permission ${permission}.`;
  return t`Ask an administrator of your ZITADEL for a role that does.`;
}

function limitWords(limit: string | undefined): string {
  switch (limit) {
    case 'removals/h':
      return t`You have removed as many factors as one may in an hour.`;
    case 'removals/d':
      return t`You have removed as many factors as one may in a day.`;
    default:
      return limit?.startsWith('resets/')
        ? t`You have started as many resets as one may in an hour.`
        : t`Too many requests in a short time.`;
  }
}

const minute = 60;
const hour = 60 * minute;

/** When a limit lets the next one through, rounded up to what people count in. @param seconds as the BFF says */
function whenToTryAgain(seconds: number | undefined): string {
  if (seconds === undefined || seconds <= minute) return t`Wait a minute, then try again.`;
  const unit = seconds <= 2 * hour ? minute : hour;
  const duration = formatDuration(Math.ceil(seconds / unit) * unit);
  return t`Try again in ${duration}.`;
}
