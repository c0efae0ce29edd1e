import { type ConnectRouterOptions, createConnectRouter, type Interceptor } from '@connectrpc/connect';
import type { UniversalHandler } from '@connectrpc/connect/protocol';
import {
  compressionGzip,
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from '@connectrpc/connect-node';
import type { AnyRequest, AnyResponse } from './dual-server.ts';
import type { Implementation } from './implementation.ts';
import { isV1 } from './services.ts';

/** Takes a request if its path names a service of ours; says whether it did. */
export type RpcDoor = (req: AnyRequest, res: AnyResponse) => boolean;

/**
 * gRPC and gRPC-web for all services, Connect for those of v2.
 *
 * A method that a v2 service has not is 404 `404 page not found`, as from Go's mux; of a v1 service (and of one that does not exist) it is
 * gRPC's UNIMPLEMENTED when asked by gRPC, and else no concern of this door.
 */
export function createRpcDoor(services: readonly Implementation[], interceptors: readonly Interceptor[]): RpcDoor {
  const options: ConnectRouterOptions = { interceptors: [...interceptors], acceptCompression: [compressionGzip] };
  const v1 = createConnectRouter({ ...options, connect: false });
  const v2 = createConnectRouter(options);
  for (const { service, impl } of services) (isV1(service) ? v1 : v2).service(service, impl);
  const v1Handlers = byPath(v1.handlers);
  const v2Handlers = byPath(v2.handlers);
  const v2Names = new Set(services.filter(({ service }) => !isV1(service)).map(({ service }) => service.typeName));
  return (req, res) => {
    const [path = ''] = (req.url ?? '').split('?');
    const [, serviceName = '', methodName] = path.split('/');
    if (methodName === undefined) return false;
    const contentType = req.headers['content-type'] ?? '';
    const isGrpc = contentType.startsWith('application/grpc');
    const handler = v2Handlers.get(path) ?? (isGrpc ? v1Handlers.get(path) : undefined);
    if (handler) serve(handler, req, res);
    else if (v2Names.has(serviceName)) sendPageNotFound(res);
    else if (isGrpc) sendUnknownMethod(res, contentType, unknownText(services, serviceName, methodName));
    else return false;
    return true;
  };
}

function byPath(handlers: readonly UniversalHandler[]): Map<string, UniversalHandler> {
  return new Map(handlers.map((handler) => [handler.requestPath, handler]));
}

function serve(handler: UniversalHandler, req: AnyRequest, res: AnyResponse): void {
  const method = req.method ?? '';
  if (!handler.allowedMethods.includes(method)) {
    res.statusCode = 405;
    res.setHeader('allow', handler.allowedMethods.join(', '));
    res.end();
    return;
  }
  void handler(universalRequestFromNodeRequest(req, res, undefined, undefined))
    .then((answer) => universalResponseToNodeResponse(answer, res))
    .catch(() => res.destroy()); // the client went away while the answer was written
}

function sendPageNotFound(res: AnyResponse): void {
  res.statusCode = 404;
  res.setHeader('content-type', 'text/plain; charset=utf-8');
  res.setHeader('x-content-type-options', 'nosniff');
  res.end('404 page not found\n');
}

/** In grpc-go's words. */
function unknownText(services: readonly Implementation[], service: string, method: string): string {
  const isKnown = services.some((each) => each.service.typeName === service);
  return isKnown ? `unknown method ${method} for service ${service}` : `unknown service ${service}`;
}

function sendUnknownMethod(res: AnyResponse, contentType: string, text: string): void {
  res.statusCode = 200;
  res.setHeader('content-type', contentType);
  res.setHeader('grpc-status', '12');
  res.setHeader('grpc-message', encodeURI(text));
  res.end();
}
