// The tests of everything that the BFF keeps, once more on PostgreSQL: the same queries have to do the same there.
import { spawn } from 'node:child_process';
import { startPostgres } from '@latchkey/test-kit/postgres-server';

/** What `npm test` runs: every statement and every turn that several processes take. */
const short = [
  'session',
  'audit',
  'changes',
  'store',
  'approvals',
  'reset/start.test.ts',
  'reset/run/claim-case.test.ts',
  'reset/run/run-case.test.ts',
  'reset/acts',
  'reset/view',
  'activity/activity-routes.test.ts',
  'factors/last-factor.test.ts',
  'notices/tell-user.test.ts',
  'many-processes.test.ts',
];

/** The rest, in the soak: it takes its time on either database, and waits more than it asks. */
const long = [
  'notices/not-me/not-me.test.ts',
  'service-account',
  'webhook',
  'reset/run',
  'reset/disputed.test.ts',
  'metrics',
  'queues.test.ts',
  'limits.test.ts',
];
const kept = process.env.LATCHKEY_SOAK === '1' ? [...short, ...long] : short;

const given = process.env.LATCHKEY_TEST_DATABASE_URL;
const server = given ? { url: given, stop: () => Promise.resolve() } : await startPostgres();
const child = spawn('vitest', ['run', ...process.argv.slice(2), ...kept.map((room) => `apps/bff/src/${room}`)], {
  stdio: 'inherit',
  env: { ...process.env, LATCHKEY_TEST_DATABASE_URL: server.url },
});
const code = await new Promise<number>((resolve) => child.once('close', (exit) => resolve(exit ?? 1)));
await server.stop();
process.exit(code);
