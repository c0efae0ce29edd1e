import { Code, ConnectError, createClient, type Transport } from '@connectrpc/connect';
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import { createRestTransport } from '@latchkey/transcoding/rest-transport';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { ErrorDetailSchema } from '@zitadel/proto/zitadel/message_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Doors } from './doors.ts';
import { prefixOf, REGISTRY } from './services.ts';
import { headers, openExampleDoors } from './testing/example-doors.ts';

let doors: Doors;
let base: string;
beforeAll(async () => {
  ({ doors, base } = await openExampleDoors());
});
afterAll(() => doors.close(2000));

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
