import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { UpstreamFault } from './upstream-fault.ts';
import { createUpstreamFetch } from './upstream-fetch.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function faultOf(call: Promise<unknown>): Promise<{ kind: string; status: number | undefined }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof UpstreamFault) return { kind: error.kind, status: error.status };
    throw error;
  }
  throw new Error('the call did not fail');
}

const json: RequestListener = (_req, res) => {
  res.setHeader('content-type', 'application/json');
  res.end('{"ok":true}');
};

describe('what leaves', () => {
  it('is a closed list of headers, and the Host that was configured', async () => {
    let seen: Record<string, unknown> = {};
    const origin = await serve((req, res) => {
      seen = { ...req.headers };
      json(req, res);
    });
    const fetch = createUpstreamFetch({ origin, host: 'auth.example.com', keepAlive: false });
    await fetch(`${origin}/v2/users/1`, {
      method: 'POST',
      body: '{"a":"ä"}',
      headers: { authorization: 'Bearer t', cookie: 'session=1', 'x-forwarded-for': '1.2.3.4', 'user-agent': 'page' },
    });
    expect(seen).toEqual({
      host: 'auth.example.com',
      authorization: 'Bearer t',
      'content-length': '10',
      connection: 'close',
    });
  });

  it.each(['/v2/users/../../admin/v1/policies/login', '/v2/users/%2e%2e/x', '/v2/users/./x', '/v2\\users'])(
    'is never to another path than the one that was written: %s',
    async (path) => {
      let calls = 0;
      const origin = await serve((req, res) => {
        calls += 1;
        json(req, res);
      });
      const fetch = createUpstreamFetch({ origin, keepAlive: false });
      expect(await faultOf(fetch(origin + path))).toMatchObject({ kind: 'unreachable' });
      expect(calls).toBe(0);
    },
  );

  it.each(['http://127.0.0.1:1', 'http://user@', 'https://'])('is never to another server: %s', async (elsewhere) => {
    const origin = await serve(json);
    const fetch = createUpstreamFetch({ origin, keepAlive: false });
    const url = elsewhere.endsWith('1') ? `${elsewhere}/v2` : `${elsewhere}${new URL(origin).host}/v2`;
    expect(await faultOf(fetch(url))).toMatchObject({ kind: 'unreachable' });
  });
});

describe('what comes back', () => {
  const limits = { keepAlive: false, connectTimeoutMs: 500, totalTimeoutMs: 300, maximumBytes: 1_000 };
  const cases: readonly [string, RequestListener, { kind: string; status?: number }][] = [
    ['silence', () => {}, { kind: 'timeout' }],
    [
      'a beginning and then silence',
      (_req, res) => {
        res.setHeader('content-type', 'application/json');
        res.write('{');
      },
      { kind: 'timeout' },
    ],
    ['a reset', (req) => req.socket.destroy(), { kind: 'reset' }],
    [
      'a reset in the middle of the answer',
      (req, res) => {
        res.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
        res.write('{', () => req.socket.destroy());
      },
      { kind: 'reset', status: 200 },
    ],
    [
      'a redirect',
      (_req, res) => {
        res.writeHead(302, { location: 'http://127.0.0.1:1/' });
        res.end();
      },
      { kind: 'redirected', status: 302 },
    ],
    [
      'too much',
      (_req, res) => {
        res.setHeader('content-type', 'application/json');
        res.end(`"${'x'.repeat(5_000)}"`);
      },
      { kind: 'tooLarge', status: 200 },
    ],
    [
      'a page of a proxy',
      (_req, res) => {
        res.writeHead(502, { 'content-type': 'text/html' });
        res.end('<h1>Bad gateway</h1>');
      },
      { kind: 'notJson', status: 502 },
    ],
  ];
  it.each(cases)('%s is a fault of its kind', async (_what, listener, expected) => {
    const origin = await serve(listener);
    expect(await faultOf(createUpstreamFetch({ origin, ...limits })(`${origin}/v2/x`))).toMatchObject(expected);
  });

  it('an answer of ZITADEL passes, an error as well, without its other headers', async () => {
    const origin = await serve((_req, res) => {
      res.writeHead(404, { 'content-type': 'application/json', 'set-cookie': 'zitadel.useragent=1' });
      res.end('{"code":5}');
    });
    const answer = await createUpstreamFetch({ origin, ...limits })(`${origin}/v2/x`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ code: 5 });
    expect([...answer.headers.keys()]).toEqual(['content-type']);
  });

  it('nobody at that address is told apart: nothing was sent', async () => {
    const origin = await serve(json);
    servers.pop()?.close();
    expect(await faultOf(createUpstreamFetch({ origin, ...limits })(`${origin}/v2/x`))).toMatchObject({
      kind: 'unreachable',
    });
  });

  it('a call that is given up ends at once', async () => {
    const origin = await serve(() => {});
    const giveUp = new AbortController();
    const call = createUpstreamFetch({ origin, ...limits, totalTimeoutMs: 60_000 })(`${origin}/v2/x`, {
      signal: giveUp.signal,
    });
    setTimeout(() => giveUp.abort(), 50);
    expect(await faultOf(call)).toMatchObject({ kind: 'aborted' });
  });
});
