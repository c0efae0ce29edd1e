import { type ProblemCode, problemMediaType } from '@latchkey/contract/problem';
import { isDatabaseLost } from '@latchkey/database/is-database-lost';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { describeError } from './describe-error.ts';
import { Problem } from './problem.ts';
import { requestIdOf } from './request-id.ts';

/** The last route: an address nobody answered. */
export function noSuchRoute(): never {
  throw new Problem('no_such_route');
}

/** For a known address and a method it does not take. */
export function methodNotAllowed(...methods: string[]) {
  return function refuseMethod(_req: Request, res: Response): never {
    res.setHeader('Allow', methods.join(', '));
    throw new Problem('method_not_allowed');
  };
}

/** Writes what went wrong as RFC 9457; what only we should know of it goes to the log. */
export function errorHandler(log: Logger, onProblem: (code: ProblemCode) => void = () => {}) {
  return function answerProblem(error: unknown, req: Request, res: Response, next: NextFunction): void {
    // A read whose page has gone was given up by us: there is nobody to tell, and nothing to mend.
    if (req.method === 'GET' && res.destroyed) return;
    const problem = toProblem(error);
    const requestId = requestIdOf(res);
    onProblem(problem.code);
    const level = problem.status >= 500 ? 'error' : 'info';
    log[level]({ requestId, code: problem.code, error: describeError(problem.cause ?? error) }, 'refused');
    if (res.headersSent) {
      next(error);
      return;
    }
    res.status(problem.status);
    res.setHeader('Cache-Control', 'no-store');
    if (problem.details.retryAfter !== undefined) res.setHeader('Retry-After', String(problem.details.retryAfter));
    res.setHeader('Content-Type', `${problemMediaType}; charset=utf-8`);
    res.end(JSON.stringify(problem.toDocument(requestId)));
  };
}

/** Express and its body parsers mark what the client did wrong with a status of their own. */
function toProblem(error: unknown): Problem {
  const cause = error instanceof Problem && error.code === 'internal' ? error.cause : error;
  if (isDatabaseLost(cause)) return new Problem('store_unavailable', {}, { cause });
  if (error instanceof Problem) return error;
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  switch (status) {
    case 400:
      return new Problem('invalid_input', {}, { cause: error });
    case 404:
      return new Problem('no_such_route', {}, { cause: error });
    case 413:
      return new Problem('payload_too_large', {}, { cause: error });
    case 415:
      return new Problem('unsupported_media_type', {}, { cause: error });
    default:
      return new Problem('internal', {}, { cause: error });
  }
}
