import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Router } from 'express';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ServedRoutes, serveRoutes } from '../testing/serve-routes.ts';
import { createZitadel } from '../zitadel/client.ts';
import { readUser } from '../zitadel/read/read-user.ts';
import { actorOf } from './actor.ts';

let silent: Server;
let bff: ServedRoutes;
let events: string[];

beforeEach(async () => {
  events = [];
  // A ZITADEL that never answers and notices when somebody stops waiting.
  silent = createServer((req) => {
    events.push('asked');
    req.socket.once('close', () => events.push('given up'));
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const zitadel = createZitadel({ apiUrl: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` });
  const router = Router();
  router.all('/read', async (req, res) => {
    await readUser(zitadel, actorOf(req, res).caller, '1').finally(() => events.push(`ended ${req.method}`));
  });
  bff = await serveRoutes(router);
});
afterEach(async () => {
  silent.close();
  silent.closeAllConnections();
  await bff.close();
});

const count = (event: string) => events.filter((other) => other === event).length;

async function leave(method: string): Promise<void> {
  const gone = new AbortController();
  const headers = { 'content-type': 'application/json', 'x-test-as': '{"userId":"1","token":"t"}' };
  const before = count('asked');
  const body = method === 'GET' ? null : '{}';
  const call = fetch(`${bff.origin}/read`, { method, headers, body, signal: gone.signal });
  await expect.poll(() => count('asked'), { timeout: 10_000 }).toBe(before + 1);
  gone.abort();
  await expect(call).rejects.toThrow();
}

it('a read ends when its page has gone', async () => {
  await leave('GET');
  await expect.poll(() => events, { timeout: 10_000 }).toEqual(expect.arrayContaining(['given up', 'ended GET']));
  expect(count('asked')).toBe(1);
});

it('a change goes on', async () => {
  await leave('DELETE');
  // Had it been given up, it would have been before a read that was left later.
  await leave('GET');
  await expect.poll(() => events, { timeout: 10_000 }).toContain('ended GET');
  expect(events).not.toContain('ended DELETE');
});
