import { createRegistry } from '@bufbuild/protobuf';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@zitadel/proto/zitadel/message_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { describe, expect, it } from 'vitest';
import { createRestTransport } from './rest-transport.ts';

function clientAnswered(answer: Response | Error) {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  const transport = createRestTransport({
    baseUrl: 'http://zitadel.example/below/',
    registry: createRegistry(ErrorDetailSchema),
    fetch: async (url, init) => {
      asked.push({ url: String(url), init });
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { client: createClient(UserService, transport), asked };
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

async function errorOf(answer: Response | Error): Promise<ConnectError> {
  return ConnectError.from(
    await clientAnswered(answer)
      .client.removeOTPEmail({ userId: 'u' })
      .catch((error: unknown) => error),
  );
}

describe('a call', () => {
  it('is the request of its rule', async () => {
    const { client, asked } = clientAnswered(json(200, { details: { sequence: '7' }, new: 1 }));
    const answer = await client.removeOTPEmail(
      { userId: 'a b' },
      { headers: { authorization: 'Bearer x' }, timeoutMs: 500 },
    );
    expect(answer.details?.sequence).toBe(7n);
    expect(asked[0]?.url).toBe('http://zitadel.example/below/v2/users/a%20b/otp_email');
    expect(asked[0]?.init).toMatchObject({ method: 'DELETE', redirect: 'manual' });
    expect(Object.fromEntries(new Headers(asked[0]?.init?.headers))).toEqual({
      accept: 'application/json',
      authorization: 'Bearer x',
      'grpc-timeout': '500m',
    });
  });

  it('is not made when REST cannot say it', async () => {
    const { client, asked } = clientAnswered(json(200, {}));
    await expect(client.removeOTPEmail({ userId: '../x' })).rejects.toMatchObject({ code: Code.InvalidArgument });
    await expect(client.createUser({})).rejects.toMatchObject({ code: Code.Unimplemented });
    expect(asked).toEqual([]);
  });
});

describe('an error', () => {
  it('has code, message and details', async () => {
    const detail = { '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id: 'X-1', message: 'gone' };
    const other = { '@type': 'type.googleapis.com/other.Detail', a: 1 };
    const error = await errorOf(json(404, { code: 5, message: 'gone (X-1)', details: [detail, other, 'x'] }));
    expect(error).toMatchObject({ code: Code.NotFound, rawMessage: 'gone (X-1)' });
    expect(error.details).toHaveLength(1);
    expect(error.findDetails(ErrorDetailSchema)).toMatchObject([{ id: 'X-1', message: 'gone' }]);
  });

  it.each([
    ['a failed precondition, which is 400 too', json(400, { code: 9, message: 'm' }), Code.FailedPrecondition],
    ['a proxy', new Response('<html>Bad Gateway</html>', { status: 502 }), Code.Unavailable],
    ['a redirect', new Response(null, { status: 301, headers: { location: '/x' } }), Code.Unknown],
    ['a body of another kind', json(403, ['x']), Code.PermissionDenied],
    ['a code that is none', json(429, { code: 99, message: 'm' }), Code.ResourceExhausted],
    ['nobody there', new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }), Code.Unavailable],
    ['an answer that is none', new Response('hello'), Code.Internal],
  ])('comes of %s', async (_, answer, code) => expect(await errorOf(answer)).toMatchObject({ code }));
});
