import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AuditRecord } from '@latchkey/contract/activity';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { factorRoutes } from '../factors/factor-routes.ts';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import { type Fault, type FaultProxy, startFaultProxy } from '../testing/fault-proxy.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { type ServedRoutes, type SignedIn, serveRoutes } from '../testing/serve-routes.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';
import { createZitadel } from '../zitadel/client.ts';
import { readAuditOf } from './read-audit.ts';
import { verifyAudit } from './verify-audit.ts';

let server: EmbeddedZitadel;
let world: World;
let proxy: FaultProxy;
let kept: TestAudit;
let bff: ServedRoutes;
let organisationId: string;
let agent: SignedIn;

beforeAll(async () => {
  server = await startEmbeddedZitadel('none');
  world = await openWorld(server);
  proxy = await startFaultProxy(server.origin);
  kept = await openTestAudit();
  const zitadel = createZitadel({ apiUrl: server.origin });
  bff = await serveRoutes(factorRoutes({ ...kept, zitadel, removalApi: 'v2', recoveryCodesAtSignIn: false }));
  organisationId = await world.makeOrganisation();
  agent = await world.makeCaller('ORG_USER_MANAGER', organisationId);
});
afterAll(async () => {
  await bff?.close();
  await proxy?.close();
  await server?.stop();
  await kept?.close();
});
beforeEach(() => proxy.calm());

const script = fileURLToPath(new URL('../testing/remove-and-die.ts', import.meta.url));

/** Starts a removal in a process of its own and kills it when ZITADEL has been asked. */
async function killWhileRemoving(userId: string, fault: Fault): Promise<void> {
  proxy.fail(/^DELETE /, fault);
  const apiHost = new URL(server.origin).host;
  const given = [kept.data, kept.databaseUrl, proxy.origin, apiHost, agent.token, agent.userId, userId];
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...given], { stdio: 'inherit' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await expect.poll(() => proxy.seen.some((line) => line.startsWith('DELETE ')), { timeout: 30_000 }).toBe(true);
  // `hangAfter` answers nobody: that ZITADEL has executed it shows in ZITADEL.
  if (fault.kind === 'hangAfter') await expect.poll(() => hasSms(userId), { timeout: 10_000 }).toBe(false);
  child.kill('SIGKILL');
  await ended;
}

async function hasSms(userId: string): Promise<boolean> {
  const { result = [] } = await world.api('POST', `/v2/users/${userId}/authentication_factors/_search`);
  return JSON.stringify(result).includes('otpSms');
}
async function records(userId: string): Promise<AuditRecord[]> {
  return await readAuditOf(kept.store, userId, { from: 0, until: Number.MAX_SAFE_INTEGER });
}

it('a removal that was made while its process died is found, and found to have been made', async () => {
  const userId = await world.makePerson(organisationId);
  await killWhileRemoving(userId, { kind: 'hangAfter' });
  expect(await records(userId)).toMatchObject([
    { actorId: agent.userId, reason: 'in the middle', outcome: 'unknown', resolvedLater: false },
  ]);
  await bff.call(agent, 'GET', `/bff/api/users/${userId}/factors`);
  expect(await records(userId)).toMatchObject([{ outcome: 'done', resolvedLater: true }]);
});

it('a removal that never arrived stays unknown as long as it could still arrive', async () => {
  const userId = await world.makePerson(organisationId);
  await killWhileRemoving(userId, { kind: 'hang' });
  await bff.call(agent, 'GET', `/bff/api/users/${userId}/factors`);
  expect(await records(userId)).toMatchObject([{ outcome: 'unknown', resolvedLater: false }]);
  expect(await hasSms(userId)).toBe(true);
});

it('the chain is whole after that', async () => {
  expect(await verifyAudit(kept.store, kept.keys)).toMatchObject({ whole: true });
});
