import {
  create,
  type DescMessage,
  type DescMethodUnary,
  type DescService,
  fromJson,
  isMessage,
  type JsonValue,
  type Registry,
} from '@bufbuild/protobuf';
import { Code, ConnectError, createContextValues, type Interceptor, type Transport } from '@connectrpc/connect';
import { runUnaryCall } from '@connectrpc/connect/protocol';
import { errorFromAnswer } from './rest-error.ts';
import { writeRequest } from './rest-request.ts';
import { type Binding, bindingsOf, type PrefixOf } from './rule.ts';

export interface RestTransportOptions {
  /** Scheme, host and, if any, the path everything is below; a slash at the end is ignored. */
  readonly baseUrl: string;
  /** What a service's paths begin with. Default: nothing. */
  readonly prefixOf?: PrefixOf;
  /** Types of error details and of `Any`; details of other types are dropped. */
  readonly registry?: Registry;
  readonly interceptors?: readonly Interceptor[];
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch;
  /** For calls that set none, in milliseconds. */
  readonly defaultTimeoutMs?: number;
}

/**
 * A Connect Transport that speaks REST by the descriptors' `google.api.http`: use it with `createClient(service, transport)`.
 *
 * Calls reject with a ConnectError only: the server's code, message and details; InvalidArgument for a message REST cannot say (before
 * anything is sent); Unimplemented for a method without a rule; Unavailable when there is no answer; Internal for an answer that is not
 * the method's; Canceled and DeadlineExceeded as usual. Redirects are not followed: a path that a server cleans is another path.
 */
export function createRestTransport(options: RestTransportOptions): Transport {
  const bindings = new Map<DescService, Map<string, Binding>>();
  const base = options.baseUrl.replace(/\/$/, '');
  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      const binding = bindingOf(bindings, options.prefixOf, method);
      const timeout = timeoutMs ?? options.defaultTimeoutMs;
      const headers = new Headers(header);
      headers.set('accept', 'application/json');
      if (timeout !== undefined) headers.set('grpc-timeout', `${Math.max(0, Math.trunc(timeout))}m`);
      return await runUnaryCall({
        interceptors: [...(options.interceptors ?? [])],
        ...(signal && { signal }),
        ...(timeout !== undefined && { timeoutMs: timeout }),
        req: {
          stream: false,
          service: method.parent,
          method,
          requestMethod: binding.httpMethod,
          url: base + binding.template.source,
          header: headers,
          contextValues: contextValues ?? createContextValues(),
          message: isMessage(input, method.input) ? input : create(method.input, input),
        },
        next: async (req) => {
          const { path, body } = writeRequest(binding, req.message, options.registry);
          const response = await send(options.fetch ?? globalThis.fetch, base + path, binding.httpMethod, req, body);
          const text = await response.text();
          if (!response.ok) throw errorFromAnswer(response.status, text, response.headers, options.registry);
          const message = readAnswer(binding, method.output, text, options.registry);
          return { stream: false, service: method.parent, method, ...splitMetadata(response.headers), message };
        },
      });
    },
    stream() {
      return Promise.reject(new ConnectError('REST has no streams', Code.Unimplemented));
    },
  };
}

function bindingOf(
  cache: Map<DescService, Map<string, Binding>>,
  prefixOf: PrefixOf | undefined,
  method: DescMethodUnary,
): Binding {
  let ofService = cache.get(method.parent);
  if (!ofService) {
    // The first rule of a method is its own; additional bindings come after it.
    const all = bindingsOf(method.parent, prefixOf?.(method.parent)).reverse();
    ofService = new Map(all.map((binding) => [binding.method.name, binding]));
    cache.set(method.parent, ofService);
  }
  const binding = ofService.get(method.name);
  if (binding) return binding;
  throw new ConnectError(`${method.parent.typeName}/${method.name} has no google.api.http rule`, Code.Unimplemented);
}

async function send(
  fetch: typeof globalThis.fetch,
  url: string,
  httpMethod: string,
  { header, signal }: { header: Headers; signal: AbortSignal },
  body: string | undefined,
): Promise<Response> {
  if (body !== undefined) header.set('content-type', 'application/json');
  try {
    return await fetch(url, {
      method: httpMethod,
      headers: header,
      signal,
      redirect: 'manual',
      ...(body !== undefined && { body }),
    });
  } catch (cause) {
    if (signal.aborted) throw cause;
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    throw new ConnectError(`no answer: ${reason}`, Code.Unavailable, undefined, undefined, cause);
  }
}

function readAnswer<O extends DescMessage>(
  { responseBody }: Binding,
  output: O,
  text: string,
  registry: Registry | undefined,
) {
  try {
    const json: JsonValue = text === '' ? {} : JSON.parse(text);
    const whole = responseBody ? { [responseBody.jsonName]: json } : json;
    return fromJson(output, whole, { ignoreUnknownFields: true, ...(registry && { registry }) });
  } catch (cause) {
    throw new ConnectError(`the answer is no ${output.typeName}`, Code.Internal, undefined, undefined, cause);
  }
}

function splitMetadata(headers: Headers): { header: Headers; trailer: Headers } {
  const header = new Headers();
  const trailer = new Headers();
  headers.forEach((value, name) => {
    if (name.startsWith('grpc-trailer-')) trailer.append(name.slice('grpc-trailer-'.length), value);
    else header.append(name.replace(/^grpc-metadata-/, ''), value);
  });
  return { header, trailer };
}
