// The tests of everything that the BFF keeps, once more on PostgreSQL: the same queries have to do the same there.
import { spawn } from 'node:child_process';
import { startPostgres } from '@latchkey/test-kit/postgres-server';

const kept = [
  'session',
  'audit',
  'changes',
  'store',
  'notices/tell-user.test.ts',
  'notices/not-me/not-me.test.ts',
  'service-account',
  'webhook',
  'approvals',
  'reset/start.test.ts',
  'reset/acts',
  'reset/run',
  'reset/view',
  'activity/activity-routes.test.ts',
  'factors/last-factor.test.ts',
  'metrics',
  'queues.test.ts',
  'limits.test.ts',
  'many-processes.test.ts',
];

const given = process.env.LATCHKEY_TEST_DATABASE_URL;
const server = given ? { url: given, stop: () => Promise.resolve() } : await startPostgres();
const child = spawn('vitest', ['run', ...process.argv.slice(2), ...kept.map((room) => `apps/bff/src/${room}`)], {
  stdio: 'inherit',
  env: { ...process.env, LATCHKEY_TEST_DATABASE_URL: server.url },
});
const code = await new Promise<number>((resolve) => child.once('close', (exit) => resolve(exit ?? 1)));
await server.stop();
process.exit(code);
