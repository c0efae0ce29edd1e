import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRegistry } from '@bufbuild/protobuf';
import { Code, ConnectError, type HandlerContext, type Interceptor } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@zitadel/proto/zitadel/message_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { afterEach, describe, expect, it } from 'vitest';
import { createDirectTransport } from './direct-transport.ts';
import { createRestHandler, type RestHandlerOptions } from './rest-handler.ts';

type RemoveOtpEmail = (context: HandlerContext) => Promise<object> | object;

let server: Server;
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

/** A server whose one method is `DELETE /v2/users/{user_id}/otp_email`. */
async function serve(
  handle: RemoveOtpEmail,
  options: Partial<RestHandlerOptions> = {},
  interceptors: Interceptor[] = [],
): Promise<string> {
  const impl = { removeOTPEmail: (_request: unknown, context: HandlerContext) => handle(context) };
  const transport = createDirectTransport({ services: [{ service: UserService, impl: impl as object }], interceptors });
  const handler = createRestHandler({
    services: [UserService],
    transport,
    registry: createRegistry(ErrorDetailSchema),
    ...options,
  });
  server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const remove = (base: string, init: RequestInit = {}) =>
  fetch(`${base}/v2/users/u/otp_email`, { method: 'DELETE', ...init });

describe('a success', () => {
  it('has the status and the headers that the options say, and no zero values', async () => {
    const base = await serve(() => ({ details: { sequence: 0n, resourceOwner: 'o' } }), {
      successStatus: () => 202,
      answerHeaders: ({ name }) => ({ 'x-method': name }),
    });
    const response = await remove(base);
    expect(response.status).toBe(202);
    expect(response.headers.get('x-method')).toBe('RemoveOTPEmail');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ details: { resourceOwner: 'o' } });
  });
});

describe('an error', () => {
  it('is the status of its code, with details by type', async () => {
    const base = await serve(() => {
      throw new ConnectError('gone', Code.FailedPrecondition, undefined, [
        { desc: ErrorDetailSchema, value: { id: 'X-1' } },
      ]);
    });
    const response = await remove(base);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      code: 9,
      message: 'gone',
      details: [{ '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id: 'X-1' }],
    });
  });

  it('is internal when it is none of ours, and goes through the interceptors first', async () => {
    const convert: Interceptor = (next) => async (req) => {
      try {
        return await next(req);
      } catch (cause) {
        throw new ConnectError(`converted ${String(cause)}`, Code.Unavailable);
      }
    };
    const fail = () => {
      throw new Error('oops');
    };
    expect((await remove(await serve(fail))).status).toBe(500);
    server.close();
    const converted = await remove(await serve(fail, {}, [convert]));
    expect([converted.status, await converted.json()]).toEqual([503, { code: 14, message: 'converted Error: oops' }]);
  });

  it('says who it asks for, whatever the text', async () => {
    const base = await serve(() => {
      throw new ConnectError('kein Zugang: über\r\nx: 1', Code.Unauthenticated);
    });
    const response = await remove(base);
    expect(response.status).toBe(401);
    expect(Buffer.from(response.headers.get('www-authenticate') ?? '', 'latin1').toString('utf8')).toBe(
      'kein Zugang: über  x: 1',
    );
    expect(response.headers.get('x')).toBeNull();
  });
});

describe('a path', () => {
  it('under another HTTP method is 405, an unknown one is 404 or the next handler', async () => {
    const base = await serve(() => ({}));
    const other = await remove(base, { method: 'PUT' });
    expect([other.status, await other.json()]).toEqual([405, { code: 12, message: 'Method Not Allowed' }]);
    const unknown = await fetch(`${base}/nope`);
    expect([unknown.status, await unknown.json()]).toEqual([404, { code: 5, message: 'Not Found' }]);
  });
});

describe('a call', () => {
  it('gets the headers that belong to it', async () => {
    let seen: Record<string, string> = {};
    const base = await serve(
      ({ requestHeader }) => {
        seen = Object.fromEntries(requestHeader);
        return {};
      },
      { forwardHeader: (name) => name.startsWith('x-zitadel-') },
    );
    const headers = {
      authorization: 'Bearer x',
      'x-zitadel-orgid': 'o',
      'x-other': '1',
      'grpc-metadata-a': 'b',
      'accept-language': 'de',
    };
    await remove(base, { headers });
    expect(seen).toMatchObject({
      authorization: 'Bearer x',
      'x-zitadel-orgid': 'o',
      a: 'b',
      'accept-language': 'de',
      host: new URL(base).host,
    });
    expect(seen).not.toHaveProperty('x-other');
  });

  it('has the deadline it was sent with', async () => {
    const base = await serve(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const response = await remove(base, { headers: { 'grpc-timeout': '20m' } });
    expect(response.status).toBe(504);
  });

  it('ends when the client goes away', async () => {
    const client = new AbortController();
    let tell: (code: Code) => void = () => undefined;
    const code = new Promise<Code>((resolve) => {
      tell = resolve;
    });
    const base = await serve(({ signal }) => {
      signal.addEventListener('abort', () => tell(ConnectError.from(signal.reason).code));
      client.abort();
      return new Promise(() => undefined);
    });
    await expect(remove(base, { signal: client.signal })).rejects.toThrow();
    expect(await code).toBe(Code.Canceled);
  });

  it('is not made for a body that is too large', async () => {
    const base = await serve(() => ({}), { maxBody: 10 });
    const response = await remove(base, { body: 'x'.repeat(11) });
    expect([response.status, await response.json()]).toEqual([429, { code: 8, message: 'request body too large' }]);
  });
});
