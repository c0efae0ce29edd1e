import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { findCause, UpstreamFault } from './upstream-fault.ts';

const maximumRetries = 2;

/** Whether a method only reads. ZITADEL's own names say so; anything unknown counts as a change. */
export function isRead(methodName: string): boolean {
  return /^(Get|List)[A-Z]/.test(methodName);
}

/**
 * Repeats a read up to twice, after a short random wait, when the connection failed or something on the way answered
 * 502, 503 or 504 (security.md 5.13). A change is never repeated: whoever made it reads back instead.
 */
export const retryReads: Interceptor = (next) => async (request) => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await next(request);
    } catch (error) {
      if (!isRead(request.method.name) || attempt >= maximumRetries || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt + Math.random() * 100));
    }
  }
};

function isPassing(error: unknown): boolean {
  const fault = findCause(error, UpstreamFault);
  if (fault) {
    const { kind, status } = fault;
    return kind === 'unreachable' || kind === 'reset' || (kind === 'notJson' && [502, 503, 504].includes(status ?? 0));
  }
  return error instanceof ConnectError && (error.code === Code.Unavailable || error.code === Code.DeadlineExceeded);
}
