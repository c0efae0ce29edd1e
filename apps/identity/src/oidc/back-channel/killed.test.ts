import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { expect, test, vi } from 'vitest';
import { createBrowser } from '../../testing/browser.ts';
import { startProcess } from '../../testing/kills/server-process.ts';
import { addPerson, codeOf, signInFully } from '../../testing/person.ts';
import { setPolicy } from '../../testing/policy.ts';
import { addRelyingParty, addTestProject } from '../../testing/relying-party.ts';
import { startServer } from '../../testing/running-server.ts';

const ENTRY = fileURLToPath(new URL('../../main.ts', import.meta.url));

test('a notice that was to be tried again is, by the process that follows one that was killed', {
  timeout: 120_000,
}, async () => {
  const told: unknown[] = [];
  const listener = createServer((request, response) => {
    let form = '';
    request.on('data', (chunk: Buffer) => {
      form += chunk.toString();
    });
    request.on('end', () => {
      told.push(decodeJwt(new URLSearchParams(form).get('logout_token') ?? '').jti);
      response.writeHead(told.length === 1 ? 500 : 200).end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  const address = listener.address();
  const backChannelLogoutUri = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;

  // Somebody signs in at a server in here; its data go on in a process that can be killed.
  const server = await startServer();
  await setPolicy(server);
  const application = await addRelyingParty(server, await addTestProject(server), 'basic', { backChannelLogoutUri });
  const person = await addPerson(server);
  const url = await signInFully(createBrowser(server.origin), application.authorizeUrl(), person);
  const { body } = await application.exchange(codeOf(url));
  const sessionId = String(decodeJwt(String(body.id_token)).sid);
  const token = server.readFile('admin.pat');
  const data = mkdtempSync(join(tmpdir(), 'identity-'));
  cpSync(dirname(server.configuration.folder), data, { recursive: true });
  await server.stop();

  const port = Number(new URL(server.origin).port);
  const killed = await startProcess(ENTRY, data, port);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${killed.origin}/v2/sessions/${sessionId}`, { method: 'DELETE', headers });
  expect(answer.status).toBe(200);
  await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 30_000 });
  await killed.end('SIGKILL');

  const next = await startProcess(ENTRY, data, port);
  await vi.waitFor(() => expect(told).toHaveLength(2), { timeout: 30_000 });
  expect(told[0]).toBe(told[1]);
  await next.end('SIGTERM');
  listener.close();
  rmSync(data, { recursive: true });
});
