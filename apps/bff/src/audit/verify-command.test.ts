import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { asCaller } from '../zitadel/caller.ts';

let kept: TestAudit;
beforeEach(async () => {
  kept = await openTestAudit();
  const caller = asCaller({ current: () => Promise.resolve(''), replace: () => Promise.resolve('') }, 'r');
  const actor = { userId: 'agent', caller, requestId: 'r', address: null, authTime: 0, amr: [] };
  const act = { act: { act: 'lockUser', userId: 'ada' }, organisationId: 'acme' } as const;
  await (await kept.audit.announce(actor, act, { reason: 'lost' })).end('done');
});
afterEach(() => kept.close());

const script = fileURLToPath(new URL('./verify-command.ts', import.meta.url));

async function run(data: string): Promise<{ code: number | null; output: string }> {
  const env = { PATH: process.env.PATH, LATCHKEY_DATA: data, LATCHKEY_DATABASE_URL: kept.databaseUrl };
  const child = spawn(process.execPath, ['--import', 'tsx', script], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

it('says that the audit is whole, and ends with 0', async () => {
  const { code, output } = await run(kept.data);
  expect(output).toMatch(/^The audit is whole: 2 rows from number 1, head [A-Za-z0-9_-]{43}\n$/);
  expect(code).toBe(0);
});

it('says where it is broken, and ends with 1', async () => {
  await kept.store.updateTable('audit').set({ reason: 'found' }).where('seq', '=', 1).execute();
  expect(await run(kept.data)).toEqual({ code: 1, output: 'The audit is broken: row 1 was changed\n' });
});

it('does not take an empty folder for a whole audit, and ends with 2', async () => {
  const { code, output } = await run(`${kept.data}/nowhere`);
  expect(output).toContain('LATCHKEY_DATA');
  expect(code).toBe(2);
});
