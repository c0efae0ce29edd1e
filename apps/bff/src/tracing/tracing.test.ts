import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readConfig } from '../config.ts';
import { createBrowser, fromOurPage } from '../testing/browser.ts';
import { getSession, signIn } from '../testing/sign-in.ts';
import { startTestBff } from '../testing/start-test-bff.ts';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: object;
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

let collector: Server;
const received: string[] = [];

beforeEach(async () => {
  received.splice(0);
  collector = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      received.push(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  vi.unstubAllEnvs();
  collector.close();
});

it('sends requests and the calls to ZITADEL that they made, without a word about people', async () => {
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', endpoint);
  const bff = await startTestBff({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });
  const browser = createBrowser();
  const { csrf } = await signIn(browser, bff.publicUrl);
  const profile = (await getSession(browser, bff.publicUrl)).json() as { profile: Record<string, string> };
  const headers = { ...fromOurPage, 'x-csrf': csrf };
  await browser.request(`${bff.publicUrl}/bff/api/users/123456789012345678/factors`, { headers });
  await bff.stop();

  const spans = received
    .flatMap((body) => (JSON.parse(body) as Export).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap((scope) => scope.spans);
  const names = spans.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['GET /bff/callback', 'ZITADEL token (code)', 'ZITADEL userinfo']));
  expect(names.filter((name) => /^GET \/bff\/api\/users\/:\w+\/factors$/.test(name))).toHaveLength(1);
  const call = spans.find(({ name }) => /^ZITADEL (Get|List)/.test(name));
  const request = spans.find(({ spanId }) => spanId === call?.parentSpanId);
  expect(request?.name).toMatch(/factors$/);
  expect(request?.traceId).toBe(call?.traceId);
  const exchange = spans.find(({ name }) => name === 'ZITADEL token (code)');
  expect(spans.find(({ spanId }) => spanId === exchange?.parentSpanId)?.name).toBe('GET /bff/callback');

  const everything = received.join('\n');
  expect(everything).toContain('latchkey-bff');
  const { sub, name, loginName, email } = profile.profile;
  const secrets = [
    ...bff.rig.issued,
    csrf,
    sub,
    name,
    loginName,
    email,
    '123456789012345678',
    ...browser.cookies.values(),
  ];
  const told = secrets.flatMap((secret) => (secret ? secret.split('.') : [])).filter((part) => part.length > 3);
  expect(told.length).toBeGreaterThan(4);
  expect(told.filter((part) => everything.includes(part))).toEqual([]);
  expect(everything).not.toMatch(/code=|state=/);
});

it('sends nothing where no collector is named, and refuses one that is no address', async () => {
  const bff = await startTestBff();
  await getSession(createBrowser(), bff.publicUrl);
  await bff.stop();
  expect(received).toEqual([]);
  expect(() => readConfig({ ...bff.environment, OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' })).toThrow(
    'OTEL_EXPORTER_OTLP_ENDPOINT: must be the address of an OTLP collector',
  );
});
