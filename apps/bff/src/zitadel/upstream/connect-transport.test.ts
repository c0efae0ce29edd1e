import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Code } from '@connectrpc/connect';
import { afterEach, expect, it } from 'vitest';
import { asCaller } from '../caller.ts';
import { createZitadel } from '../client.ts';
import { findCause, UpstreamFault } from './upstream-fault.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

const caller = asCaller(
  { current: () => Promise.resolve('t'), replace: () => Promise.reject(new Error('refused')) },
  'request-1',
);

async function ask(listener: RequestListener, signal?: AbortSignal) {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const zitadel = createZitadel({ apiUrl, apiHost: 'auth.example.com' });
  const filters = [{ filter: { case: 'inUserIdsFilter' as const, value: { ids: ['7'] } } }];
  return await zitadel.administrators.listAdministrators(
    { filters },
    { ...caller.in('42'), ...(signal && { signal }) },
  );
}
const answer =
  (status: number, body: string): RequestListener =>
  (_req, res) => {
    res.writeHead(status, { 'content-type': 'application/json' });
    res.end(body);
  };

it("asks in the caller's name, at the configured host, and with no headers of its own but one", async () => {
  const seen: unknown[] = [];
  const { pagination, administrators } = await ask(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += String(chunk);
    seen.push(req.method, req.url, { ...req.headers }, JSON.parse(body));
    answer(200, '{"pagination":{"totalResult":"3","ofTomorrow":1},"administrators":[{"instance":true,"roles":["X"]}]}')(
      req,
      res,
    );
  });
  expect(pagination?.totalResult).toBe(3n);
  expect(administrators.map(({ roles, resource }) => [resource.case, ...roles])).toEqual([['instance', 'X']]);
  expect(seen).toEqual([
    'POST',
    '/zitadel.internal_permission.v2beta.InternalPermissionService/ListAdministrators',
    {
      host: 'auth.example.com',
      authorization: 'Bearer t',
      'content-type': 'application/json',
      'connect-protocol-version': '1',
      'content-length': '47',
      'x-request-id': 'request-1',
      'x-zitadel-orgid': '42',
      connection: 'keep-alive',
    },
    { filters: [{ inUserIdsFilter: { ids: ['7'] } }] },
  ]);
});

it('tells an error of the server by its code', async () => {
  await expect(ask(answer(403, '{"code":"permission_denied","message":"no (AUTH-1)"}'))).rejects.toMatchObject({
    code: Code.PermissionDenied,
    rawMessage: 'no (AUTH-1)',
  });
});

it('tells a server without the service, which answers as REST does', async () => {
  await expect(ask(answer(404, '{"code":5,"message":"Not Found"}'))).rejects.toMatchObject({
    code: Code.Unimplemented,
  });
});

it.each<[string, RequestListener]>([
  ['redirected', (_req, res) => res.writeHead(302, { location: '/elsewhere' }).end()],
  ['tooLarge', answer(200, `"${'x'.repeat(1_100_000)}"`)],
])('holds the limits of every call: %s', async (kind, listener) => {
  const error: unknown = await ask(listener).catch((failed: unknown) => failed);
  expect(findCause(error, UpstreamFault)?.kind).toBe(kind);
});

it('ends when nobody waits for it', async () => {
  const gone = new AbortController();
  await expect(ask(() => gone.abort(), gone.signal)).rejects.toMatchObject({ code: Code.Canceled });
});
