/**
 * How a call to ZITADEL failed without an answer that ZITADEL itself could have meant:
 * - `unreachable`: no connection came about, so nothing was executed;
 * - `circuitOpen`: not even tried, ZITADEL failed too often in the last seconds;
 * - `timeout`, `reset`: connected, then no complete answer: it may have been executed;
 * - `redirected`, `tooLarge`, `notJson`: an answer, but not one of ZITADEL's: it may have been executed, too;
 * - `aborted`: we stopped waiting, because whoever asked has gone.
 */
export type UpstreamFaultKind =
  | 'unreachable'
  | 'circuitOpen'
  | 'timeout'
  | 'reset'
  | 'redirected'
  | 'tooLarge'
  | 'notJson'
  | 'aborted';

/** The one error of the way to ZITADEL, below the level of gRPC codes. */
export class UpstreamFault extends Error {
  override readonly name = 'UpstreamFault';
  readonly kind: UpstreamFaultKind;
  /** The HTTP status, where there was one. */
  readonly status: number | undefined;

  constructor(kind: UpstreamFaultKind, message: string, options: ErrorOptions & { readonly status?: number } = {}) {
    super(message, options);
    this.kind = kind;
    this.status = options.status;
  }
}

/** Finds the error of a class among an error and its causes: Connect wraps what a transport throws. */
export function findCause<T extends Error>(
  error: unknown,
  type: abstract new (...parameters: never[]) => T,
): T | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    if (at instanceof type) return at;
  }
  return undefined;
}
