import type { ProblemCode, Problem as ProblemDocument } from '@latchkey/contract/problem';

/** What a refusal may say beyond its code; the rest of the document (type, title, status, request id) follows from it. */
export type ProblemDetails = Pick<
  ProblemDocument,
  'detail' | 'permission' | 'role' | 'organisationId' | 'fields' | 'resetId' | 'limit' | 'retryAfter' | 'attemptsLeft'
>;

/**
 * The BFF's one error on its way to the page: thrown by steps, routes and services, written once by the error handler
 * as RFC 9457. `detail` is a sentence for a person and never repeats what an upstream server said; that goes into
 * `cause`, which is only logged.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}, options?: ErrorOptions) {
    super(details.detail ?? answers[code].title, options);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return answers[this.code].status;
  }

  /** @param requestId as in the answer's `X-Request-Id`. */
  toDocument(requestId: string): ProblemDocument {
    const { title, status } = answers[this.code];
    return { type: `urn:latchkey:problem:${this.code}`, title, status, code: this.code, requestId, ...this.details };
  }
}

interface Answer {
  readonly status: number;
  readonly title: string;
}

const answers: Record<ProblemCode, Answer> = {
  no_session: { status: 401, title: 'Nobody is signed in' },
  session_expired: { status: 401, title: 'The session has ended' },
  step_up_required: { status: 403, title: 'This needs a fresh sign-in' },
  cross_site: { status: 403, title: 'Requests from other sites are refused' },
  csrf: { status: 403, title: 'The request does not carry the handle of this session' },
  invalid_input: { status: 400, title: 'The request is not valid' },
  not_found: { status: 404, title: 'There is no such thing, or you may not see it' },
  no_such_route: { status: 404, title: 'There is no such address' },
  method_not_allowed: { status: 405, title: 'The address does not take this method' },
  not_permitted: { status: 403, title: 'A permission is missing' },
  self_refused: { status: 403, title: 'This cannot be done to oneself' },
  rank_refused: { status: 403, title: 'This person holds a role that yours does not cover' },
  precondition_failed: { status: 409, title: 'The present state does not allow this' },
  confirmation_required: { status: 409, title: 'This would lock everybody out and needs a second confirmation' },
  conflict: { status: 409, title: 'Something else changed this at the same time' },
  case_open: { status: 409, title: 'This person has an open reset, which has to end first' },
  case_changed: { status: 409, title: 'The case is not as it was when this was asked' },
  approval_required: { status: 403, title: 'This needs a second person' },
  code_wrong: { status: 422, title: 'The code is not the one that was sent' },
  key_reused: { status: 422, title: 'This idempotency key was used for another request' },
  not_removed: { status: 504, title: 'It was not removed' },
  outcome_unknown: { status: 504, title: 'It is not known whether this was done' },
  unsupported_media_type: { status: 415, title: 'The content type is not taken here' },
  payload_too_large: { status: 413, title: 'The request is too large' },
  rate_limited: { status: 429, title: 'Too many requests' },
  store_unavailable: { status: 503, title: 'The database of Latchkey cannot be reached' },
  upstream_unavailable: { status: 503, title: 'ZITADEL cannot be reached' },
  upstream_timeout: { status: 504, title: 'ZITADEL did not answer in time' },
  upstream_error: { status: 502, title: 'ZITADEL gave an answer that is not understood' },
  internal: { status: 500, title: 'Something went wrong here' },
};
