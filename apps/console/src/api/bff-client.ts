import { csrfHeader } from '@latchkey/contract/paths';
import { Problem, problemMediaType } from '@latchkey/contract/problem';
import { ApiError } from './api-error.ts';
import { currentCsrf } from './csrf.ts';

/** A schema of the contract; only what is used of it, so that any zod schema fits. */
type Schema<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false; error: unknown } };

const readTimeout = 15_000;
/** Longer than the BFF waits for ZITADEL and reads back: its answer "outcome unknown" says more than our silence. */
const changeTimeout = 30_000;

/**
 * Reads one thing.
 *
 * @param path one of the contract's `apiPaths`, with its query
 * @param schema what the answer has to be
 * @param signal aborts the request when it is overtaken
 * @throws ApiError with every failure but an abort by `signal`, which stays an `AbortError`
 */
export function read<T>(path: string, schema: Schema<T>, signal?: AbortSignal): Promise<T> {
  return call({ path, method: 'GET', headers: {}, body: null, timeout: readTimeout }, schema, signal);
}

/**
 * Changes one thing. Each call is one intent with a key of its own: a repeated delivery is answered, not repeated.
 *
 * @throws ApiError; after `timeout`, `unreachable` and `unreadable` the change may have been made
 */
export function change<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: object,
  schema: Schema<T>,
): Promise<T> {
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    'Idempotency-Key': crypto.randomUUID(),
  };
  const csrf = currentCsrf();
  if (csrf !== null) headers[csrfHeader] = csrf;
  return call({ path, method, headers, body: JSON.stringify(body), timeout: changeTimeout }, schema);
}

type Call = {
  readonly path: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  readonly timeout: number;
};

async function call<T>(request: Call, schema: Schema<T>, signal?: AbortSignal): Promise<T> {
  const timeout = AbortSignal.timeout(request.timeout);
  const { response, text } = await send(request, signal ? AbortSignal.any([signal, timeout]) : timeout);
  const value = parseJson(text);
  if (!response.ok) throw toProblem(response, value);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new ApiError(unreadable(response), { cause: parsed.error });
  return parsed.data;
}

async function send(request: Call, signal: AbortSignal): Promise<{ response: Response; text: string }> {
  try {
    const response = await fetch(request.path, {
      method: request.method,
      headers: { Accept: `application/json, ${problemMediaType}`, ...request.headers },
      body: request.body,
      credentials: 'same-origin',
      // Our routes never redirect; an answer from elsewhere is not an answer.
      redirect: 'error',
      cache: 'no-store',
      signal,
    });
    return { response, text: await response.text() };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    const kind = error instanceof DOMException && error.name === 'TimeoutError' ? 'timeout' : 'unreachable';
    throw new ApiError({ kind }, { cause: error });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toProblem(response: Response, value: unknown): ApiError {
  const problem = Problem.safeParse(value);
  return problem.success
    ? new ApiError({ kind: 'problem', problem: problem.data })
    : new ApiError(unreadable(response), { cause: problem.error });
}

function unreadable(response: Response) {
  return {
    kind: 'unreadable',
    status: response.status,
    requestId: response.headers.get('x-request-id'),
  } as const;
}
