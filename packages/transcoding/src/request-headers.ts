import type { IncomingHttpHeaders } from 'node:http';
import type { HttpRequest } from './rest-handler.ts';

/** grpc-gateway's list of headers that any call may want. */
const PERMANENT = new Set([
  'accept',
  'accept-charset',
  'accept-language',
  'accept-ranges',
  'authorization',
  'cache-control',
  'content-type',
  'cookie',
  'date',
  'expect',
  'from',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-schedule-tag-match',
  'if-unmodified-since',
  'max-forwards',
  'origin',
  'pragma',
  'referer',
  'user-agent',
  'via',
  'warning',
]);

const METADATA = 'grpc-metadata-';

/** The headers of a request that its call gets; `grpc-metadata-x` as `x`, HTTP/2's `:authority` as `host`. */
export function forwardedHeaders(req: HttpRequest, allowed: (name: string) => boolean): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    if (value === undefined || name.startsWith(':')) continue;
    const text = Array.isArray(value) ? value.join(', ') : value;
    if (name.startsWith(METADATA)) headers.append(name.slice(METADATA.length), text);
    else if (PERMANENT.has(name) || allowed(name)) headers.append(name, text);
  }
  const authority = req.headers[':authority'];
  if (typeof authority === 'string') headers.set('host', authority);
  return headers;
}

const UNIT_MS: Record<string, number> = { H: 3.6e6, M: 6e4, S: 1e3, m: 1, u: 1e-3, n: 1e-6 };

/** @returns what `grpc-timeout` allows, in milliseconds; undefined when it is missing or malformed */
export function timeoutOf(headers: IncomingHttpHeaders): number | undefined {
  const match = /^(\d{1,8})([HMSmun])$/.exec(String(headers['grpc-timeout'] ?? ''));
  return match ? Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? 0) : undefined;
}
