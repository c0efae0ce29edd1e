import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { DEMO_PASSWORD } from '../../apps/identity/src/seed/demo/demo-people.ts';
import { generatePerson } from '../../apps/identity/src/seed/generated/generated-person.ts';
import { openStore } from '../../apps/identity/src/store/open-store.ts';
import { listRemovals, type Removal } from '../../apps/identity/src/testing/kills/removals.ts';
import { type Measured, measure, measureInTurn } from '../measure.ts';
import { writePart } from '../write-part.ts';
import { type BenchServer, dataOf, NUMBER, startServer } from './data.ts';
import { call } from './http-client.ts';
import { measurePassword, measurePlainHttp, measureRawStore } from './limits.ts';
import { FIRST_PAGES, type Question, searchesForFew, slowQuestions } from './questions.ts';
import { type Answered, changesTable, listsTable } from './tables.ts';

/*
 * How fast the embedded identity server is, and whether it stays so with a million people. Usage: see bench/README.md.
 */

const { values } = parseArgs({ options: { users: { type: 'string', default: '1000,10000,100000' } } });
const sizes = values.users.split(',').map(Number);

// All servers run at once and are asked in turn, so that whatever else the machine does falls on all alike.
const running: { users: number; server: BenchServer; ready: number }[] = [];
for (const users of sizes) {
  const server = await startServer(dataOf(users).data);
  running.push({ users, server, ready: server.memory() });
}
const pages = await askAll(() => FIRST_PAGES, 60);
const few = await askAll(searchesForFew, 60);
const slow = await askAll(slowQuestions, 5);
const memory = running.map(({ ready, server }) => ({ ready, after: server.memory() }));
for (const { server } of running) await server.stop();
process.stdout.write('lists and searches measured\n');

const largest = Math.max(...sizes);
const { data, folder } = dataOf(largest);
const removals = await removalsOf(folder);
const server = await startServer(data);
const one = (removal: Removal | undefined) => {
  if (!removal) throw new Error('no factor is left to remove: delete .cache/bench');
  return call('DELETE', `${server.origin}/v2/users/${removal.userId}/${removal.path}`, server);
};
const remove = (atOnce: number) => measure(() => one(removals.pop()), { atOnce, most: 600 });
const people = activePeople(largest);
const signIn = (atOnce: number) =>
  measure(
    async (index) => {
      const checks = { user: { loginName: people[index % people.length] }, password: { password: DEMO_PASSWORD } };
      await call('POST', `${server.origin}/v2/sessions`, { token: server.token, body: { checks } });
    },
    { atOnce, most: 400 },
  );
const question = FIRST_PAGES[8] ?? { name: '', body: {} };
const answer = await call('POST', `${server.origin}/v2/users`, { token: server.token, body: question.body });
const getPage = (atOnce: number) =>
  measure(() => call('POST', `${server.origin}/v2/users`, { token: server.token, body: question.body }), {
    atOnce,
    most: 800,
  });
const changes: [string, Measured, string, Measured][] = [
  ['removal of a factor, one client', await remove(1), 'raw store: the same two rows', await measureRawStore()],
  ['removal of a factor, eight clients', await remove(8), 'plain node:http', await measurePlainHttp('{}', 'DELETE', 8)],
  ['password check and session, one client', await signIn(1), 'one check of a hash', await measurePassword(1)],
  ['password check and session, eight clients', await signIn(8), 'eight at once', await measurePassword(8)],
  [
    'first page of 50, one client',
    await getPage(1),
    'plain node:http, same bytes',
    await measurePlainHttp(answer, 'POST', 1),
  ],
  [
    'first page of 50, eight clients',
    await getPage(8),
    'plain node:http, same bytes',
    await measurePlainHttp(answer, 'POST', 8),
  ],
];
await server.stop();

const machine = `${cpus().length} shared cores, ${Math.round(totalmem() / 2 ** 30)} GB, Linux, Node.js ${process.versions.node}`;
writePart('identity', [
  `Measured ${new Date().toISOString().slice(0, 10)} on ${machine}; other work ran beside it, so ratios say more than times.`,
  '',
  ...listsTable(sizes, { pages, few, slow, memory }),
  '',
  ...changesTable(largest, changes),
]);

/** @returns of each question, what was measured with each number of people. */
async function askAll(questionsOf: (users: number) => readonly Question[], most: number): Promise<readonly Answered[]> {
  const answered: Answered[] = [];
  for (const [at, { name }] of questionsOf(1_000).entries()) {
    const works = running.map(({ users, server }) => {
      const { body } = questionsOf(users)[at] ?? { body: {} };
      return () => call('POST', `${server.origin}/v2/users`, { token: server.token, body });
    });
    answered.push({ name, measured: await measureInTurn(works, { most, seconds: 3 * works.length, warm: 3 }) });
  }
  return answered;
}

async function removalsOf(folder: string): Promise<Removal[]> {
  const store = await openStore(folder);
  const all = await listRemovals(store);
  await store.close();
  return all;
}

function activePeople(users: number): readonly string[] {
  const found: string[] = [];
  for (let index = 0; index < users && found.length < 200; index += 1) {
    const person = generatePerson(NUMBER, index);
    if (person.state === 'active') found.push(person.email);
  }
  return found;
}
