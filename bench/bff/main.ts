import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startStack } from '@latchkey/test-kit/stack';
import { type Measured, measure } from '../measure.ts';
import { writePart } from '../write-part.ts';
import { type Call, make } from './call.ts';
import { measureMemory } from './memory.ts';
import { processorTime } from './processor-time.ts';
import { signInAtApi, signInAtConsole } from './signed-in.ts';

// What the BFF adds to a call of ZITADEL's API, beside a bare proxy on the same machine in the same run. The route is
// one that makes exactly one call, so that all three do the same work at ZITADEL.
interface MeasuredWay extends Measured {
  /** Milliseconds of processor time that the process in between took for a call: the same on a busy machine. */
  readonly processor: number;
}

const sessions = 10_000;
const atOnce = 32;
const rounds = 5;

const stack = await startStack({ env: { LATCHKEY_LOG_LEVEL: 'warn' } });
const person = stack.people.staff('IAM_OWNER');
const page = await signInAtConsole(stack, person);
const token = await signInAtApi(stack, person);
const { origin: proxy, child } = await startProxy(stack.issuer);

const search = (origin: string): Call => ({
  method: 'POST',
  url: `${origin}/v2/organizations/_search`,
  // ZITADEL finds its instance by the host.
  headers: { ...token, host: new URL(stack.issuer).host },
  body: JSON.stringify({ query: { limit: 20, asc: true }, sortingColumn: 'ORGANIZATION_FIELD_NAME_NAME' }),
});
const ways = {
  'direct call': search(stack.issuer),
  'bare proxy': search(proxy),
  'through the BFF': { method: 'GET', url: `${stack.publicUrl}/bff/api/organisations`, headers: page },
} as const satisfies Record<string, Call>;

const between = { 'direct call': undefined, 'bare proxy': child.pid, 'through the BFF': stack.bff.pid };
const oneByOne = await measureAll({ atOnce: 1, most: 1_000, seconds: 2, warm: 100 });
const together = await measureAll({ atOnce, most: 5_000, seconds: 2, warm: 50 });
// Opens a session's tokens and asks ZITADEL nothing.
const own: Call = { method: 'GET', url: `${stack.publicUrl}/bff/session`, headers: page };
const memory = await measureMemory(stack, own, sessions);
child.kill();
await stack.stop();

writePart('bff', report());
process.exit();

/** The ways take turns, and of each the quietest round counts: what else the machine did must not favour one of them. */
async function measureAll(options: Parameters<typeof measure>[1]): Promise<Map<string, MeasuredWay>> {
  const results = new Map<string, MeasuredWay>();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of Object.keys(ways) as (keyof typeof ways)[]) {
      const measured = await measureWay(name, options);
      const best = results.get(name);
      if (!best || measured.p50 < best.p50) results.set(name, measured);
    }
  }
  return results;
}

async function measureWay(name: keyof typeof ways, options: Parameters<typeof measure>[1]): Promise<MeasuredWay> {
  const before = processorTime(between[name]);
  const measured = await measure(() => make(ways[name]), options);
  // The calls that warmed up are in the time too.
  const calls = measured.count + (options?.warm ?? 0);
  return { ...measured, processor: (processorTime(between[name]) - before) / calls };
}

async function startProxy(target: string): Promise<{ readonly origin: string; readonly child: ChildProcess }> {
  const file = fileURLToPath(new URL('./pass-through.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, target], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [origin] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return { origin: origin.toString().trim(), child };
}

function report(): string[] {
  const direct = oneByOne.get('direct call');
  const rows = [...oneByOne].map(([name, alone]) => {
    const many = together.get(name);
    const processor = alone.processor > 0 ? ms(alone.processor) : '';
    const added =
      name === 'direct call' || !direct ? '' : `${ms(alone.p50 - direct.p50)} / ${ms(alone.p99 - direct.p99)}`;
    return `| ${name} | ${ms(alone.p50)} | ${ms(alone.p99)} | ${added} | ${many?.perSecond.toFixed(0)} | ${many ? ms(many.p99) : ''} | ${processor} |`;
  });
  return [
    `One call of ZITADEL's API (search organisations, embedded server), ${cpus().length} processors (${cpus()[0]?.model.trim()}), Node ${process.versions.node}.`,
    'All processes, ZITADEL and the measuring one share them, so throughput is what is left of one machine.',
    `The ways take turns; the quietest of ${rounds} rounds counts.`,
    '',
    `| way | p50 ms | p99 ms | added p50 / p99 ms | calls a second, ${atOnce} at once | p99 ms then | processor ms a call |`,
    '|---|--:|--:|--:|--:|--:|--:|',
    ...rows,
    '',
    '| sessions, each used | resident memory of the BFF, MB |',
    '|--:|--:|',
    ...memory.map(({ sessions: count, megabytes }) => `| ${count} | ${megabytes.toFixed(0)} |`),
  ];
}

function ms(value: number): string {
  return value.toFixed(2);
}
