import { cpus } from 'node:os';
import { startStack } from '@latchkey/test-kit/stack';
import { type Cookie, chromium } from '@playwright/test';
import { signInStaff } from '../../e2e/sign-in.ts';
import { writePart } from '../write-part.ts';
import { findLetters, type Removal, timeRemoval, timeSearch } from './acts.ts';
import { openSlowPage } from './slow-page.ts';
import { type Visit, visitUsers } from './visit-users.ts';

// What a person waits for, in Chromium, with the processor as it is and four times slower: medians of the rounds.

const rounds = 5;
const slowdowns = [1, 4] as const;

/** Of one slowdown. */
interface Waits {
  readonly visits: readonly Visit[];
  readonly searches: readonly number[];
  readonly removals: readonly Removal[];
}

const stack = await startStack({ env: { LATCHKEY_LOG_LEVEL: 'warn' } });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
});
const people = stack.people.all.filter(
  ({ roles, factors, state }) => roles.length === 0 && factors.length > 0 && state === 'active',
);
const results = new Map<number, Waits>();
for (const slowdown of slowdowns) results.set(slowdown, await measureAll(slowdown));
await browser.close();
await stack.stop();

writePart('console', report());
process.exit();

/** Removals want a sign-in of the last minutes, so each slowdown has one of its own. */
async function measureAll(slowdown: number): Promise<Waits> {
  const signedIn = await browser.newContext({ baseURL: stack.publicUrl });
  const { page, line } = await openSlowPage(signedIn, 1);
  await signInStaff(page, stack.people.staff('IAM_OWNER', results.size));
  const cookies: Cookie[] = await signedIn.cookies(stack.publicUrl);
  const letters = await findLetters(page);
  await line.send('Emulation.setCPUThrottlingRate', { rate: slowdown });

  const [visits, searches, removals]: [Visit[], number[], Removal[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    visits.push(await visitUsers(browser, { publicUrl: stack.publicUrl, cookies, slowdown }));
    const letter = letters[round % letters.length];
    const person = people.pop();
    if (!letter || !person) throw new Error('too few demo people to measure with');
    searches.push(await timeSearch(page, letter));
    removals.push(await timeRemoval(page, person));
  }
  await signedIn.close();
  return { visits, searches, removals };
}

function report(): string[] {
  const [plain, slow] = slowdowns.map((slowdown) => results.get(slowdown));
  const row = (what: string, unit: string, values: (waits: Waits) => readonly number[]) =>
    `| ${what} | ${[plain, slow].map((waits) => `${waits ? show(median(values(waits))) : ''} ${unit}`).join(' | ')} |`;
  const ofVisit = (field: keyof Visit) => (waits: Waits) => waits.visits.map((visit) => visit[field]);
  return [
    `Chromium ${browser.version()}, ${cpus().length} processors (${cpus()[0]?.model.trim()}) shared with everything else, medians of ${rounds}.`,
    '',
    `| what | this machine | processor ${slowdowns[1]}× slower |`,
    '|---|--:|--:|',
    row('useful users page, cold cache, signed in', 'ms', ofVisit('useful')),
    row('of it the main thread', 'ms', ofVisit('mainThread')),
    row('requests', '', ofVisit('requests')),
    row('over the wire', 'kB', ofVisit('all')),
    row('of it script (brotli)', 'kB', ofVisit('script')),
    row('of it style (brotli)', 'kB', ofVisit('style')),
    row('JavaScript heap then', 'MB', ofVisit('heap')),
    row('typed letter to its results', 'ms', ({ searches }) => searches),
    row('confirming click of a removal to its result in the row', 'ms', ({ removals }) =>
      removals.map(({ result }) => result),
    ),
    row('of it the answer of the BFF, with its reading back', 'ms', ({ removals }) =>
      removals.map(({ answer }) => answer),
    ),
  ];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function show(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
