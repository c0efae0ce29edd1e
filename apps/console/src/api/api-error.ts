import type { Problem, ProblemCode } from '@latchkey/contract/problem';

/**
 * Every way in which a call to the BFF can fail. `unreachable`: no answer came (offline, or cut off); `timeout`: none
 * came in time; `unreadable`: an answer that is not of the contract, such as a proxy's own page.
 */
export type ApiFailure =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreadable'; readonly status: number; readonly requestId: string | null };

/** The one error of the page's wire. `message` is for developers; people read `explainFailure`. */
export class ApiError extends Error {
  readonly failure: ApiFailure;

  constructor(failure: ApiFailure, options?: ErrorOptions) {
    super(failure.kind === 'problem' ? `${failure.kind} ${failure.problem.code}` : failure.kind, options);
    this.name = 'ApiError';
    this.failure = failure;
  }
}

/** The failure behind whatever was thrown; what is not ours is a fault of the page itself. */
export function toFailure(error: unknown): ApiFailure {
  return error instanceof ApiError ? error.failure : { kind: 'unreadable', status: 0, requestId: null };
}

/** Whether the BFF said no with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly ProblemCode[]): boolean {
  return error instanceof ApiError && error.failure.kind === 'problem' && codes.includes(error.failure.problem.code);
}

/** Whether the person has to sign in to go on. */
export const isSignedOut = (error: unknown): boolean => hasCode(error, 'no_session', 'session_expired');
