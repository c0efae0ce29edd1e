import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { type DescMethod, type DescService, type JsonObject, type Registry, toJson } from '@bufbuild/protobuf';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import { forwardedHeaders, timeoutOf } from './request-headers.ts';
import { errorToJson } from './rest-error.ts';
import { readRequest } from './rest-request.ts';
import { type Match, Router } from './router.ts';
import { type Binding, bindingsOf, type PrefixOf } from './rule.ts';
import { httpStatusFromCode } from './status.ts';

export type HttpRequest = IncomingMessage | Http2ServerRequest;
export type HttpResponse = ServerResponse | Http2ServerResponse;

export interface RestHandlerOptions {
  readonly services: readonly DescService[];
  /** Where calls go: a direct transport, or one to another server. */
  readonly transport: Transport;
  /** Default: no prefix. */
  readonly prefixOf?: PrefixOf;
  /** Types of error details and of `Any`. */
  readonly registry?: Registry;
  /** HTTP status of a success. Default 200. */
  readonly successStatus?: (method: DescMethod) => number;
  /** Headers of every answer that a call gave, success or error; not of those given before a call: no such path, bad path or body. */
  readonly answerHeaders?: (method: DescMethod) => Readonly<Record<string, string>>;
  /** Which request headers beside the permanent ones of HTTP and `grpc-metadata-*` reach the call. Default: none. */
  readonly forwardHeader?: (name: string) => boolean;
  /** In bytes. Default 4 MiB, gRPC's own. */
  readonly maxBody?: number;
}

/** Answers a request, or calls `next` when its path is no method's (default: 404). */
export type RestHandler = (req: HttpRequest, res: HttpResponse, next?: () => void) => void;

/**
 * grpc-gateway's part of a server: REST requests become calls, by the descriptors' `google.api.http`. For node:http and node:http2, and
 * as Express middleware. A known path under another HTTP method is 405 with code 12.
 */
export function createRestHandler(options: RestHandlerOptions): RestHandler {
  const router = new Router<Binding>();
  for (const service of options.services) {
    for (const binding of bindingsOf(service, options.prefixOf?.(service))) {
      router.add(binding.httpMethod, binding.template, binding);
    }
  }
  return (req, res, next) => {
    const { path, query } = splitUrl(req.url ?? '/');
    const hit = path === undefined ? undefined : router.match(methodOf(req), path);
    if (hit) {
      void answer(options, hit, query, req, res).catch((error: unknown) => sendError(res, error, options.registry));
    } else if (path !== undefined && router.methodsOf(path).length > 0) sendMethodNotAllowed(res);
    else if (next) next();
    else sendNotFound(res);
  };
}

/** grpc-gateway's answer for a path that is no method's. */
export function sendNotFound(res: HttpResponse): void {
  send(res, 404, { code: Code.NotFound, message: 'Not Found' });
}

function sendMethodNotAllowed(res: HttpResponse): void {
  send(res, 405, { code: Code.Unimplemented, message: 'Method Not Allowed' });
}

function splitUrl(url: string): { path: string | undefined; query: string } {
  const [raw = '', ...query] = url.split('?');
  try {
    return { path: decodeURIComponent(raw), query: query.join('?') };
  } catch {
    return { path: undefined, query: '' };
  }
}

/** A form that is posted with an override stands for that method: grpc-gateway's way round long URLs. */
function methodOf(req: HttpRequest): string {
  const method = req.method ?? 'GET';
  const override = req.headers['x-http-method-override'];
  const isForm = req.headers['content-type'] === 'application/x-www-form-urlencoded';
  return method === 'POST' && isForm && typeof override === 'string' ? override.toUpperCase() : method;
}

async function answer(
  options: RestHandlerOptions,
  { value: binding, parameters }: Match<Binding>,
  query: string,
  req: HttpRequest,
  res: HttpResponse,
): Promise<void> {
  const { method } = binding;
  const body = await readBody(req, options.maxBody ?? 4 << 20);
  const message = readRequest(binding, { parameters, query, body }, options.registry);
  const timeout = timeoutOf(req.headers);
  const headers = forwardedHeaders(req, options.forwardHeader ?? (() => false));
  for (const [name, value] of Object.entries(options.answerHeaders?.(method) ?? {})) res.setHeader(name, value);
  const result = await options.transport.unary(method, abortedWith(res), timeout, headers, message);
  const json = toJson(method.output, result.message, options.registry ? { registry: options.registry } : {});
  send(res, options.successStatus?.(method) ?? 200, pick(json as JsonObject, binding));
}

function pick(json: JsonObject, { responseBody }: Binding): unknown {
  return responseBody ? (json[responseBody.jsonName] ?? null) : json;
}

function abortedWith(res: HttpResponse): AbortSignal {
  const controller = new AbortController();
  res.once('close', () => {
    if (!res.writableEnded) controller.abort(new ConnectError('the client went away', Code.Canceled));
  });
  return controller.signal;
}

async function readBody(req: HttpRequest, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw new ConnectError('request body too large', Code.ResourceExhausted);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sendError(res: HttpResponse, cause: unknown, registry: Registry | undefined): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const error = ConnectError.from(cause, Code.Internal);
  const status = httpStatusFromCode(error.code);
  if (status === 401) res.setHeader('www-authenticate', headerText(error.rawMessage));
  send(res, status, errorToJson(error, registry));
}

/** UTF-8 bytes, as Go writes them, and nothing that could end the header. */
function headerText(text: string): string {
  return Buffer.from(text.replaceAll(/\p{Cc}/gu, ' '), 'utf8').toString('latin1');
}

function send(res: HttpResponse, status: number, json: unknown): void {
  // Bytes, not text: node would write headers and a text in one go, in the text's encoding.
  const body = Buffer.from(JSON.stringify(json));
  res.statusCode = status;
  res.setHeader('content-type', 'application/json');
  res.setHeader('content-length', body.length);
  res.end(body);
}
