import http2 from 'node:http2';
import net from 'node:net';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { credentials, Client as GrpcClient, Metadata, type ServiceError } from '@grpc/grpc-js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Doors } from './doors.ts';
import { openExampleDoors } from './testing/example-doors.ts';

let doors: Doors;
let base: string;
beforeAll(async () => {
  ({ doors, base } = await openExampleDoors());
});
afterAll(() => doors.close(2000));

describe('gRPC', () => {
  it('is understood by another client', async () => {
    const client = new GrpcClient(new URL(base).host, credentials.createInsecure());
    const metadata = new Metadata();
    metadata.set('authorization', 'Bearer x');
    const { input, output } = UserService.method.removeOTPEmail;
    const remove = (userId: string) =>
      new Promise<unknown>((resolve) => {
        const request = create(input, { userId });
        client.makeUnaryRequest(
          '/zitadel.user.v2.UserService/RemoveOTPEmail',
          (message: typeof request) => Buffer.from(toBinary(input, message)),
          (bytes) => fromBinary(output, bytes),
          request,
          metadata,
          (error, answer) => resolve(error ?? answer),
        );
      });
    expect(await remove('abc')).toMatchObject({ details: { resourceOwner: 'abc' } });
    const error = await remove('unknown');
    expect(error).toMatchObject({ code: 5, details: 'Errors.NotFound (COMMAND-4g3xq)' });
    expect(String((error as ServiceError).metadata.get('grpc-status-details-bin')[0])).toContain(
      'zitadel.v1.ErrorDetail',
    );
    client.close();
  });

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
    expect(await (await fetch(`${base}/page`)).text()).toBe('a page');
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
