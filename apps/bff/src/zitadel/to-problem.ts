import { Code, ConnectError } from '@connectrpc/connect';
import { Problem } from '../http/problem.ts';
import type { Need } from './permission.ts';
import { findCause, UpstreamFault, type UpstreamFaultKind } from './upstream/upstream-fault.ts';

/**
 * Translates whatever a call to ZITADEL threw into the problem the page gets (security.md 5.14): by gRPC code, never
 * by message, with two exceptions where ZITADEL's code means something else. Its texts stay in `cause`, for the log.
 *
 * @param need what the call needs, for the answer "a permission is missing: this one, that role has it".
 */
export function toProblem(error: unknown, need?: Need): Problem {
  const problem = findCause(error, Problem);
  if (problem) return problem;
  const options = { cause: error };
  const fault = findCause(error, UpstreamFault);
  if (fault) return new Problem(faultCodes[fault.kind], {}, options);
  if (!(error instanceof ConnectError)) return new Problem('internal', {}, options);
  switch (error.code) {
    case Code.InvalidArgument:
      return new Problem('invalid_input', {}, options);
    case Code.NotFound:
      return isMissingMembership(error) ? notPermitted(need, options) : new Problem('not_found', {}, options);
    case Code.AlreadyExists:
    case Code.Aborted:
      return new Problem('conflict', {}, options);
    case Code.PermissionDenied:
      return isMissingAuthentication(error)
        ? new Problem('step_up_required', {}, options)
        : notPermitted(need, options);
    case Code.Unauthenticated:
      return new Problem('session_expired', {}, options);
    case Code.FailedPrecondition:
      return new Problem('precondition_failed', {}, options);
    case Code.ResourceExhausted:
      return new Problem('rate_limited', {}, options);
    case Code.Unavailable:
      return new Problem('upstream_unavailable', {}, options);
    case Code.DeadlineExceeded:
      return new Problem('upstream_timeout', {}, options);
    default:
      return new Problem('upstream_error', {}, options);
  }
}

const faultCodes: Record<UpstreamFaultKind, Problem['code']> = {
  unreachable: 'upstream_unavailable',
  circuitOpen: 'upstream_unavailable',
  timeout: 'upstream_timeout',
  aborted: 'upstream_timeout',
  reset: 'upstream_error',
  redirected: 'upstream_error',
  tooLarge: 'upstream_error',
  notJson: 'upstream_error',
};

/** ZITADEL says 404 to a caller without any role where the thing is (zitadel.md 1.3); the thing may well exist. */
export function isMissingMembership(error: unknown): boolean {
  return hasCode(error, Code.NotFound) && error.rawMessage.startsWith('membership not found');
}

/** Whether the caller may not see a thing, or there is none: ZITADEL often does not say which. */
export function isRefusal(error: unknown): boolean {
  return hasCode(error, Code.PermissionDenied) || hasCode(error, Code.NotFound);
}

/** 403 because of how the caller signed in, not because of their roles (zitadel.md 1.3): signing in again helps. */
function isMissingAuthentication(error: ConnectError): boolean {
  return /^(mfa required|authentication required|session expired) \(AUTHZ-/.test(error.rawMessage);
}

/** Whether ZITADEL said of a thing that there is none: not that the caller may not know, nor that the route is none. */
export function isNotFound(error: unknown): boolean {
  return hasCode(error, Code.NotFound) && !isMissingMembership(error) && !isMissingRoute(error);
}

/** Whether ZITADEL said of a thing to be added that it is there. */
export function isAlreadyThere(error: unknown): boolean {
  return hasCode(error, Code.AlreadyExists);
}

/** Whether the present state is against a change: it may be so already, or it may not be possible. */
export function isPrecondition(error: unknown): boolean {
  return hasCode(error, Code.FailedPrecondition);
}

/** Whether this ZITADEL does not have the method: too old, or a path that something in front of it keeps back. */
export function isMissingRoute(error: unknown): boolean {
  const fault = findCause(error, UpstreamFault);
  if (fault) return fault.kind === 'notJson' && [404, 405, 501].includes(fault.status ?? 0);
  return (
    hasCode(error, Code.Unimplemented) || (hasCode(error, Code.NotFound) && error.rawMessage.trim() === 'Not Found')
  );
}

/** Whether a change may have been made although the call failed: there was a connection, and no definite answer. */
export function mayHaveHappened(error: unknown): boolean {
  if (findCause(error, Problem)) return false;
  const fault = findCause(error, UpstreamFault);
  if (fault) return fault.kind !== 'unreachable' && fault.kind !== 'circuitOpen';
  return !(error instanceof ConnectError) || indefiniteCodes.has(error.code);
}

const indefiniteCodes = new Set([
  Code.Unknown,
  Code.Internal,
  Code.Unavailable,
  Code.DeadlineExceeded,
  Code.Canceled,
  Code.DataLoss,
]);

function hasCode(error: unknown, code: Code): error is ConnectError {
  return error instanceof ConnectError && error.code === code;
}

function notPermitted(need: Need | undefined, options: ErrorOptions): Problem {
  return new Problem('not_permitted', { ...need }, options);
}
