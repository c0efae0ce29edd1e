import { create, type DescService, isMessage } from '@bufbuild/protobuf';
import {
  Code,
  ConnectError,
  createContextValues,
  createHandlerContext,
  createServiceImplSpec,
  type Interceptor,
  type MethodImplSpec,
  type ServiceImpl,
  type Transport,
} from '@connectrpc/connect';
import { invokeUnaryImplementation } from '@connectrpc/connect/protocol';

export interface DirectTransportOptions {
  readonly services: readonly { readonly service: DescService; readonly impl: Partial<ServiceImpl<DescService>> }[];
  /** Run as on a server, outermost first. */
  readonly interceptors?: readonly Interceptor[];
  /** What handlers find as `context.protocolName`. Default `rest`. */
  readonly protocolName?: string;
}

/**
 * A Transport that calls handlers in this process without serialising anything, with the interceptors and the HandlerContext they have
 * on a server. A header `host` becomes the context's `url`.
 */
export function createDirectTransport(options: DirectTransportOptions): Transport {
  const specs = new Map<string, MethodImplSpec>();
  for (const { service, impl } of options.services) {
    for (const spec of Object.values(createServiceImplSpec(service, impl).methods))
      specs.set(nameOf(spec.method), spec);
  }
  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      const spec = specs.get(nameOf(method));
      if (spec?.kind !== 'unary') throw unimplemented(method);
      const requestHeader = new Headers(header);
      const context = createHandlerContext({
        service: method.parent,
        method,
        protocolName: options.protocolName ?? 'rest',
        requestMethod: 'POST',
        url: `http://${requestHeader.get('host') ?? 'localhost'}/${nameOf(method)}`,
        requestHeader,
        contextValues: contextValues ?? createContextValues(),
        ...(timeoutMs !== undefined && { timeoutMs }),
        ...(signal && { requestSignal: signal }),
      });
      try {
        const message = isMessage(input, method.input) ? input : create(method.input, input);
        const answer = await invokeUnaryImplementation(spec, context, message, [...(options.interceptors ?? [])]);
        if (!isMessage(answer, method.output)) throw new Error(`${nameOf(method)} answered a ${answer.$typeName}`);
        const { responseHeader, responseTrailer } = context;
        return {
          stream: false,
          service: method.parent,
          method,
          header: responseHeader,
          trailer: responseTrailer,
          message: answer,
        };
      } catch (cause) {
        const error = ConnectError.from(cause, Code.Internal);
        context.responseHeader.forEach((value, name) => {
          error.metadata.append(name, value);
        });
        throw error;
      } finally {
        context.abort();
      }
    },
    stream(method) {
      return Promise.reject(unimplemented(method));
    },
  };
}

function nameOf(method: { readonly parent: DescService; readonly name: string }): string {
  return `${method.parent.typeName}/${method.name}`;
}

function unimplemented(method: { readonly parent: DescService; readonly name: string }): ConnectError {
  return new ConnectError(`${method.parent.typeName}.${method.name} is not implemented`, Code.Unimplemented);
}
