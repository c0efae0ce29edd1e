import * as z from 'zod/mini';

/** Every way in which the BFF says no. Closed and stable: the page chooses its words by these, never by a message. */
export const ProblemCode = z.enum([
  'no_session',
  'session_expired',
  'step_up_required',
  'cross_site',
  'csrf',
  'invalid_input',
  'not_found',
  'no_such_route',
  'method_not_allowed',
  'not_permitted',
  'self_refused',
  'rank_refused',
  'precondition_failed',
  'confirmation_required',
  'conflict',
  'case_open',
  'case_changed',
  'approval_required',
  'code_wrong',
  'key_reused',
  'not_removed',
  'outcome_unknown',
  'unsupported_media_type',
  'payload_too_large',
  'rate_limited',
  'store_unavailable',
  'upstream_unavailable',
  'upstream_timeout',
  'upstream_error',
  'internal',
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** An error answer, RFC 9457 (`application/problem+json`), with our code and the request id to quote. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  code: ProblemCode,
  requestId: z.string(),
  /** For `not_permitted`: ZITADEL's permission, and a role that has it. */
  permission: z.optional(z.string()),
  role: z.optional(z.string()),
  organisationId: z.optional(z.string()),
  /** For `case_open`: the case that has to end first. */
  resetId: z.optional(z.string()),
  /** For `rate_limited`: which limit, where a second person may lift it. */
  limit: z.optional(z.string()),
  /** For `rate_limited`: in how many seconds to try again. */
  retryAfter: z.optional(z.int()),
  /** For `code_wrong`: how often the caller may still try. */
  attemptsLeft: z.optional(z.int()),
  /** For `invalid_input`: which field, and what is wrong with it. */
  fields: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
});
export type Problem = z.infer<typeof Problem>;

export const problemMediaType = 'application/problem+json';
/** The `type` of a problem: a name that does not pretend to be a page. */
export const problemType = (code: ProblemCode): string => `urn:latchkey:problem:${code}`;
