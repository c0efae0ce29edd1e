import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Interceptor } from '@connectrpc/connect';
import { createDirectTransport } from '@latchkey/transcoding/direct-transport';
import { createRestHandler, sendNotFound } from '@latchkey/transcoding/rest-handler';
import { cleanLocation } from './clean-path.ts';
import { type AnyRequest, type AnyResponse, createDualServer } from './dual-server.ts';
import { hostGuard } from './host-guard.ts';
import { completeServices, type Implementation } from './implementation.ts';
import { createRpcDoor } from './rpc-door.ts';
import { answerHeaders, hasRest, isBelowV1, prefixOf, REGISTRY, SERVICES, successStatus } from './services.ts';
import { validate } from './validation/validate.ts';

/** What is behind the doors. */
export interface DoorsOptions {
  /** Handlers, each made by `implement()`. Methods that no one implements answer UNIMPLEMENTED through every door. */
  readonly implementations: readonly Implementation[];
  /**
   * Outermost first: error conversion, authentication, authorization, translation. Before them the doors check the host, after them
   * the request's fields (validate.rules), so that a caller without a token learns nothing about fields: ZITADEL's order.
   */
  readonly interceptors: readonly Interceptor[];
  /**
   * Everything that is not an API call, over HTTP/1.1 only: OIDC, sign-in pages, health. An Express app is one. It calls `next` for
   * a path it does not know, and gets ZITADEL's JSON 404 for it.
   */
  readonly fallback: (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;
  /** Whether `host` (Host or :authority as sent, with port) is an instance of ours; API calls to others are 404. */
  readonly hostAllowed: (host: string) => boolean;
  /** The domain named in that 404. Default `localhost`. */
  readonly externalDomain?: string;
}

/** A server of one cleartext port: REST, gRPC, gRPC-web, Connect (v2 services only), and the fallback. */
export interface Doors {
  readonly server: Server;
  /** @returns the port, also when 0 was asked for. Rejects as `net.Server.listen` does (EADDRINUSE). */
  listen(port: number, host: string): Promise<number>;
  /** Takes no more connections, lets running calls finish, cuts what is left after `graceMs` milliseconds (default 5000). */
  close(graceMs?: number): Promise<void>;
}

/** One implementation of each service behind every door. A request passes, in this order: RPC, path cleaning, REST, fallback. */
export function createDoors(options: DoorsOptions): Doors {
  const services = completeServices(SERVICES, options.implementations);
  const guard = hostGuard(options.hostAllowed, options.externalDomain ?? 'localhost');
  const interceptors = [guard, ...options.interceptors, validate];
  const rpc = createRpcDoor(services, interceptors);
  const rest = createRestHandler({
    services: services.map(({ service }) => service).filter(hasRest),
    transport: createDirectTransport({ services, interceptors }),
    prefixOf,
    registry: REGISTRY,
    successStatus,
    answerHeaders,
    forwardHeader: (name) => name.startsWith('x-zitadel-') || name === 'traceparent' || name === 'tracestate',
  });
  const dual = createDualServer((req, res) => {
    if (!hasHost(req) || !isDecodable(req)) sendBadRequest(res);
    else if (!rpc(req, res) && !redirectToClean(req, res)) rest(req, res, () => passOn(options.fallback, req, res));
  });
  return {
    server: dual.server,
    listen: (port, host) => listen(dual.server, port, host),
    close: (graceMs = 5000) => dual.close(graceMs),
  };
}

/** A host that a URL can have: calls are judged by it. */
function hasHost(req: AnyRequest): boolean {
  const host = req.headers[':authority'] ?? req.headers.host;
  return Boolean(host) && URL.canParse(`http://${String(host)}/`);
}

/** Go's server refuses a malformed path before any handler sees it; ours would not know how to look it up. */
function isDecodable({ url = '/' }: AnyRequest): boolean {
  try {
    return decodeURIComponent(url.split('?', 1)[0] ?? '') !== '';
  } catch {
    return false;
  }
}

function sendBadRequest(res: AnyResponse): void {
  res.statusCode = 400;
  res.setHeader('content-type', 'text/plain; charset=utf-8');
  res.end('400 Bad Request');
}

/** ZITADEL's router cleans a path before anything else looks at it. */
function redirectToClean(req: AnyRequest, res: AnyResponse): boolean {
  const location = cleanLocation(req.url ?? '/');
  if (location === undefined) return false;
  res.statusCode = 301;
  res.setHeader('location', location);
  res.end();
  return true;
}

/** Express cannot take an HTTP/2 request (it throws outside any handler), so those end here. */
function passOn(fallback: DoorsOptions['fallback'], req: AnyRequest, res: AnyResponse): void {
  const isHttp2 = 'stream' in req || 'stream' in res;
  if (isHttp2 || isBelowV1(req.url ?? '/')) sendNotFound(res);
  else fallback(req, res, (error) => (error === undefined ? sendNotFound(res) : res.destroy()));
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
