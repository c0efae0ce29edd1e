import http from 'node:http';
import https from 'node:https';
import { UpstreamFault } from './upstream-fault.ts';

export interface UpstreamFetchOptions {
  /** Where the API is, from the configuration only: an origin such as `https://auth.example.com`. */
  readonly origin: string;
  /** The Host header ZITADEL wants, where it is not that of `origin`: ZITADEL finds the instance by it. */
  readonly host?: string | undefined;
  /**
   * Whether connections are used again. Not for changes: a kept connection that the other side closes meanwhile looks
   * just like a change whose answer was lost.
   */
  readonly keepAlive: boolean;
  readonly connectTimeoutMs?: number;
  readonly totalTimeoutMs?: number;
  readonly maximumBytes?: number;
}

/** The only headers that ever leave for ZITADEL; nothing is forwarded from the page's request. */
const allowedHeaders = [
  'authorization',
  'accept',
  'content-type',
  'connect-protocol-version',
  'x-request-id',
  'x-zitadel-orgid',
];

/**
 * A `fetch` for one server only, with the limits of a proxy that holds people's tokens: no redirect is followed, an
 * answer has a time (2 s to connect, 10 s in all) and a size (1 MB), and only JSON is one. The global `fetch` would
 * do most of this, but cannot set `Host`.
 *
 * @throws UpstreamFault for everything that is not an answer in JSON.
 */
export function createUpstreamFetch(options: UpstreamFetchOptions): typeof fetch {
  const origin = new URL(options.origin);
  const scheme = origin.protocol === 'https:' ? https : http;
  const agent = new scheme.Agent(options.keepAlive ? { keepAlive: true, maxSockets: 128 } : { keepAlive: false });
  return async (input, init = {}) => {
    const url = urlWithin(origin, String(input instanceof Request ? input.url : input));
    const headers: Record<string, string> = {};
    const given = new Headers(init.headers);
    for (const name of allowedHeaders) {
      const value = given.get(name);
      if (value !== null) headers[name] = value;
    }
    if (options.host) headers.host = options.host;
    const body = typeof init.body === 'string' ? Buffer.from(init.body) : undefined;
    if (body) headers['content-length'] = String(body.byteLength);
    const request = scheme.request(url, { agent, method: init.method ?? 'GET', headers });
    return await exchange(request, body, options, init.signal ?? undefined);
  };
}

/**
 * The URL of a call, if it is exactly what its template meant: on the configured origin, and not rewritten by dot
 * segments on the way.
 */
function urlWithin(origin: URL, text: string): URL {
  const url = new URL(text);
  const path = text.slice(origin.origin.length).split('?', 1)[0];
  if (url.origin !== origin.origin || !text.startsWith(`${origin.origin}/`) || url.pathname !== path) {
    throw new UpstreamFault('unreachable', 'the address of a call is not what its template says');
  }
  return url;
}

function exchange(
  request: http.ClientRequest,
  body: Buffer | undefined,
  options: UpstreamFetchOptions,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const { connectTimeoutMs = 2_000, totalTimeoutMs = 10_000 } = options;
  return new Promise<Response>((resolve, reject) => {
    let connected = false;
    const fail = (fault: UpstreamFault) => {
      settle();
      reject(fault);
      request.destroy();
    };
    const total = setTimeout(
      () => fail(new UpstreamFault(connected ? 'timeout' : 'unreachable', `no answer in ${totalTimeoutMs} ms`)),
      totalTimeoutMs,
    );
    const connecting = setTimeout(
      () => fail(new UpstreamFault('unreachable', `no connection in ${connectTimeoutMs} ms`)),
      connectTimeoutMs,
    );
    const onAbort = () => fail(new UpstreamFault('aborted', 'the call was given up'));
    const settle = () => {
      clearTimeout(total);
      clearTimeout(connecting);
      signal?.removeEventListener('abort', onAbort);
    };
    const onConnected = () => {
      connected = true;
      clearTimeout(connecting);
    };
    request.once('socket', (socket) => {
      if (socket.connecting) socket.once('encrypted' in socket ? 'secureConnect' : 'connect', onConnected);
      else onConnected();
    });
    request.on('error', (cause) =>
      fail(new UpstreamFault(connected ? 'reset' : 'unreachable', 'the connection failed', { cause })),
    );
    request.once('response', (response) => {
      readAnswer(response, options.maximumBytes ?? 1_048_576).then((answer) => {
        settle();
        resolve(answer);
      }, fail);
    });
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
    request.end(body);
  });
}

/** @throws UpstreamFault */
async function readAnswer(response: http.IncomingMessage, maximumBytes: number): Promise<Response> {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400) {
    throw new UpstreamFault('redirected', `answered ${status}, and redirects are not followed`, { status });
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > maximumBytes) throw new UpstreamFault('tooLarge', `more than ${maximumBytes} bytes`, { status });
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof UpstreamFault) throw cause;
    throw new UpstreamFault('reset', 'the answer broke off', { cause, status });
  }
  const type = response.headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type)) {
    throw new UpstreamFault('notJson', `answered ${status} with ${JSON.stringify(type.slice(0, 100))}`, { status });
  }
  return new Response(Buffer.concat(chunks), { status, headers: { 'content-type': 'application/json' } });
}
