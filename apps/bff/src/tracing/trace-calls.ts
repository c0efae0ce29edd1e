import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { inSpan } from './in-span.ts';

/** A span around each call of ZITADEL's API, with its repetitions. */
export const traceCalls: Interceptor = (next) => (request) => {
  const { name, parent } = request.method;
  const attributes = { 'rpc.system': 'connect_rpc', 'rpc.service': parent.typeName, 'rpc.method': name };
  return inSpan(`ZITADEL ${name}`, attributes, () => next(request), codeOf);
};

function codeOf(error: unknown): string {
  return error instanceof ConnectError ? Code[error.code] : 'unknown';
}
