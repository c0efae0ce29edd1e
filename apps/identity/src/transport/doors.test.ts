import http2 from 'node:http2';
import net from 'node:net';
import { Code, ConnectError, createClient, type Interceptor, type Transport } from '@connectrpc/connect';
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import { createRestTransport } from '@latchkey/transcoding/rest-transport';
import { AdminService } from '@zitadel/proto/zitadel/admin_pb.js';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { ErrorDetailSchema } from '@zitadel/proto/zitadel/message_pb.js';
import { SessionService } from '@zitadel/proto/zitadel/session/v2/session_service_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDoors, type Doors } from './doors.ts';
import { implement } from './implementation.ts';
import { prefixOf, REGISTRY } from './services.ts';

const needsToken: Interceptor = (next) => async (req) => {
  if (!req.header.has('authorization')) throw new ConnectError('auth header missing', Code.Unauthenticated);
  return await next(req);
};

const notFound = () =>
  new ConnectError('Errors.NotFound (COMMAND-4g3xq)', Code.NotFound, undefined, [
    { desc: ErrorDetailSchema, value: { id: 'COMMAND-4g3xq', message: 'Errors.NotFound' } },
  ]);

const users = implement(UserService, {
  removeOTPEmail: ({ userId }) => {
    if (userId === 'unknown') throw notFound();
    return { details: { sequence: 7n, resourceOwner: userId } };
  },
});
const management = implement(ManagementService, {
  removeHumanAuthFactorOTPEmail: ({ userId }) => ({ details: { resourceOwner: userId } }),
});
const admin = implement(AdminService, {
  removeSecondFactorFromLoginPolicy: () => ({ details: { resourceOwner: 'i' } }),
});

let doors: Doors;
let base: string;
beforeAll(async () => {
  doors = createDoors({
    implementations: [
      users,
      management,
      admin,
      implement(SessionService, { createSession: () => ({ sessionId: 's' }) }),
    ],
    interceptors: [needsToken],
    fallback: (req, res, next) => {
      if (req.url === '/page') res.end('a page');
      else next();
    },
    hostAllowed: (host) => host.startsWith('localhost'),
  });
  base = `http://localhost:${await doors.listen(0, 'localhost')}`;
});
afterAll(() => doors.close(2000));

const headers = { authorization: 'Bearer x' };

async function rest(method: string, path: string, init: RequestInit = {}) {
  const response = await fetch(base + path, { method, headers, redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
}

describe('the same call', () => {
  const transports: Record<string, () => Transport> = {
    rest: () => createRestTransport({ baseUrl: base, prefixOf, registry: REGISTRY }),
    grpc: () => createGrpcTransport({ baseUrl: base }),
    'grpc-web over HTTP/1.1': () => createGrpcWebTransport({ baseUrl: base, httpVersion: '1.1' }),
    'grpc-web over HTTP/2': () => createGrpcWebTransport({ baseUrl: base, httpVersion: '2' }),
    connect: () => createConnectTransport({ baseUrl: base, httpVersion: '1.1', useBinaryFormat: false }),
  };

  it.each(Object.entries(transports))('answers the same through %s', async (_, transport) => {
    const client = createClient(UserService, transport());
    const answer = await client.removeOTPEmail({ userId: 'abc' }, { headers });
    expect(answer.details).toMatchObject({ sequence: 7n, resourceOwner: 'abc' });
    const error = ConnectError.from(await client.removeOTPEmail({ userId: 'unknown' }, { headers }).catch((e) => e));
    expect(error).toMatchObject({ code: Code.NotFound, rawMessage: 'Errors.NotFound (COMMAND-4g3xq)' });
    expect(error.findDetails(ErrorDetailSchema)).toMatchObject([{ id: 'COMMAND-4g3xq', message: 'Errors.NotFound' }]);
  });

  it.each(Object.entries(transports))(
    'asks who it is, then looks at fields, then says what is missing, through %s',
    async (_, transport) => {
      const client = createClient(UserService, transport());
      const long = 'x'.repeat(201);
      await expect(client.removeOTPEmail({ userId: long })).rejects.toMatchObject({ code: Code.Unauthenticated });
      await expect(client.removeOTPEmail({ userId: long }, { headers })).rejects.toMatchObject({
        code: Code.InvalidArgument,
        rawMessage: 'invalid RemoveOTPEmailRequest.UserId: value length must be between 1 and 200 runes, inclusive',
      });
      await expect(client.removeOTPSMS({ userId: 'a' }, { headers })).rejects.toMatchObject({
        code: Code.Unimplemented,
      });
    },
  );

  it('speaks gRPC, but not Connect, for v1', async () => {
    const grpc = createClient(ManagementService, createGrpcTransport({ baseUrl: base }));
    const answer = await grpc.removeHumanAuthFactorOTPEmail({ userId: 'u' }, { headers });
    expect(answer.details?.resourceOwner).toBe('u');
    const connect = createClient(ManagementService, createConnectTransport({ baseUrl: base, httpVersion: '1.1' }));
    await expect(connect.removeHumanAuthFactorOTPEmail({ userId: 'u' }, { headers })).rejects.toMatchObject({
      code: Code.Unimplemented,
    });
  });
});

describe('gRPC', () => {
  const call = async (path: string) => {
    const session = http2.connect(base);
    const request = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const answer = await new Promise<http2.IncomingHttpHeaders>((resolve) => request.on('response', resolve));
    request.resume().end();
    session.close();
    return answer;
  };

  it.each([
    [
      '/zitadel.management.v1.ManagementService/Nope',
      'unknown method Nope for service zitadel.management.v1.ManagementService',
    ],
    ['/nope.Service/Nope', 'unknown service nope.Service'],
  ])('does not know %s', async (path, text) => {
    const answer = await call(path);
    expect(answer).toMatchObject({ ':status': 200, 'grpc-status': '12' });
    expect(decodeURI(String(answer['grpc-message']))).toBe(text);
  });
});

describe('REST', () => {
  it('puts v1 under its prefix and tells caches not to keep it', async () => {
    const answer = await rest('DELETE', '/management/v1/users/u/auth_factors/otp_email');
    expect(answer).toMatchObject({ status: 200, body: { details: { resourceOwner: 'u' } } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await rest('DELETE', '/v2/users/u/otp_email')).headers.get('cache-control')).toBeNull();
  });

  it('takes the status of a success from the descriptor', async () => {
    expect((await rest('POST', '/v2/sessions', { body: '{}' })).status).toBe(201);
  });

  it.each([
    ['GET', '/management/v1/nope', 404, 'Not Found'],
    ['GET', '/nope', 404, 'Not Found'],
    ['DELETE', '/v2/users/a%2Fb/otp_email', 404, 'Not Found'],
    ['DELETE', '/v2/users/x/otp_email/', 404, 'Not Found'],
    ['PATCH', '/v2/users/x/otp_email', 405, 'Method Not Allowed'],
    [
      'DELETE',
      '/admin/v1/policies/login/second_factors/otp',
      400,
      'type mismatch, parameter: type, error: otp is not valid',
    ],
    [
      'DELETE',
      '/admin/v1/policies/login/second_factors/99',
      400,
      'type mismatch, parameter: type, error: 99 is not valid',
    ],
  ])('answers %s %s with %i before it asks who it is', async (method, path, status, message) => {
    const answer = await rest(method, path, { headers: {} });
    expect(answer).toMatchObject({ status, body: { message } });
    expect(answer.headers.get('cache-control')).toBeNull();
  });

  it('asks who it is with a header', async () => {
    const answer = await rest('DELETE', '/v2/users/x/otp_email', { headers: {} });
    expect(answer).toMatchObject({ status: 401, body: { code: 16, message: 'auth header missing' } });
    expect(answer.headers.get('www-authenticate')).toBe('auth header missing');
    expect(answer.body).not.toHaveProperty('details');
  });

  it('names details by their type', async () => {
    expect((await rest('DELETE', '/v2/users/unknown/otp_email')).body).toEqual({
      code: 5,
      message: 'Errors.NotFound (COMMAND-4g3xq)',
      details: [
        { '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id: 'COMMAND-4g3xq', message: 'Errors.NotFound' },
      ],
    });
  });

  it('says what it does not serve', async () => {
    const answer = await rest('DELETE', '/v2/users/x/otp_sms');
    expect(answer).toMatchObject({ status: 501, body: { code: 12 } });
  });
});

describe('the port', () => {
  const raw = (bytes: string) =>
    new Promise<string>((resolve) => {
      let text = '';
      const socket = net.connect(Number(new URL(base).port), 'localhost', () => socket.write(bytes));
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });

  it.each([
    ['/management/v1//users/x', '/management/v1/users/x'],
    ['/v2/users/../users/x', '/v2/users/x'],
    ['/management/v1/users/..%2Fme/auth_factors/otp_email', '/management/v1/me/auth_factors/otp_email'],
    ['/a//b/?q=//', '/a/b/?q=//'],
  ])('cleans %s', async (path, location) => {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 301 /);
    expect(answer.toLowerCase()).toContain(`location: ${location.toLowerCase()}\r\n`);
  });

  it('is not for another host', async () => {
    const answer = await raw(
      'DELETE /v2/users/1/otp_email HTTP/1.1\r\nhost: elsewhere.example:8080\r\nconnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toContain(
      'unable to set instance using origin &{elsewhere.example:8080  http} (ExternalDomain is localhost): ',
    );
  });

  it('survives a request without a host, or with one that cannot be', async () => {
    expect(await raw('GET /page HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    const call = 'POST /zitadel.user.v2.UserService/RemoveOTPEmail HTTP/1.1\r\nconnection: close\r\n';
    expect(await raw(`${call}host: %%%:x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
    expect((await rest('GET', '/page')).body).toBe('a page');
  });

  it.each(['/%ZZ', '/v2/users/%ff/otp_email'])('refuses %s', async (path) => {
    expect(await raw(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });

  it('takes a request that comes byte by byte, also one that begins like HTTP/2', async () => {
    const socket = net.connect(Number(new URL(base).port), 'localhost');
    const answer = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(String(chunk))));
    for (const byte of 'PRIX /page HTTP/1.1\r\nhost: localhost\r\n\r\n') {
      socket.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await answer).toMatch(/^HTTP\/1\.1 400 /);
    socket.destroy();
  });

  it('never hands HTTP/2 to the fallback', async () => {
    const session = http2.connect(base);
    const request = session.request({ ':path': '/page' });
    const status = await new Promise((resolve) => request.on('response', (answer) => resolve(answer[':status'])));
    expect(status).toBe(404);
    request.resume();
    session.close();
  });
});

describe('Connect', () => {
  const call = (method: string, name: string, body?: string) =>
    rest(method, `/zitadel.user.v2.UserService/${name}`, {
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body && { body }),
    });

  it('has errors in its own shape', async () => {
    const answer = await call('POST', 'RemoveOTPEmail', '{"userId":"unknown"}');
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({
      code: 'not_found',
      message: 'Errors.NotFound (COMMAND-4g3xq)',
      details: [
        {
          type: 'zitadel.v1.ErrorDetail',
          value: 'Cg1DT01NQU5ELTRnM3hxEg9FcnJvcnMuTm90Rm91bmQ',
          debug: { id: 'COMMAND-4g3xq', message: 'Errors.NotFound' },
        },
      ],
    });
  });

  it('has no page for a method that a service has not, and POST only', async () => {
    expect(await call('POST', 'Nope', '{}')).toMatchObject({ status: 404, body: '404 page not found\n' });
    const answer = await call('GET', 'RemoveOTPEmail');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });
});
