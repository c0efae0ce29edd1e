import { beforeEach, describe, expect, it } from 'vitest';
import { createCircuit } from './circuit-breaker.ts';
import { UpstreamFault } from './upstream-fault.ts';

let now: number;
let calls: number;
let behave: () => Promise<Response>;
let call: () => Promise<string>;
const fail = (kind: UpstreamFault['kind']) => () => Promise.reject(new UpstreamFault(kind, kind));
const answer = () => Promise.resolve(new Response('{}', { status: 500 }));

beforeEach(() => {
  now = 1_000_000;
  calls = 0;
  behave = fail('unreachable');
  const guarded = createCircuit(() => now)(() => {
    calls += 1;
    return behave();
  });
  call = () =>
    guarded('http://zitadel/').then(
      () => 'answer',
      (error: unknown) => (error instanceof UpstreamFault ? error.kind : 'other'),
    );
});

async function callTimes(times: number): Promise<string[]> {
  const outcomes: string[] = [];
  for (let index = 0; index < times; index += 1) outcomes.push(await call());
  return outcomes;
}

describe('the circuit', () => {
  it.each(['unreachable', 'timeout', 'reset'] as const)(
    'opens after five calls without an answer: %s',
    async (kind) => {
      behave = fail(kind);
      expect(await callTimes(6)).toEqual([kind, kind, kind, kind, kind, 'circuitOpen']);
      expect(calls).toBe(5);
    },
  );

  it('stays closed for answers, whatever they say, and for calls that were given up', async () => {
    behave = answer;
    await callTimes(10);
    behave = fail('aborted');
    expect(await callTimes(10)).not.toContain('circuitOpen');
  });

  it('counts anew after an answer, and forgets failures of long ago', async () => {
    await callTimes(4);
    behave = answer;
    await call();
    behave = fail('unreachable');
    await callTimes(4);
    now += 31_000;
    expect(await callTimes(4)).not.toContain('circuitOpen');
  });

  it('lets one call through after a while, and closes when that is answered', async () => {
    await callTimes(5);
    now += 4_999;
    expect(await call()).toBe('circuitOpen');
    now += 1;
    let finish: (response: Response) => void = () => {};
    behave = () => new Promise((resolve) => (finish = resolve));
    const probe = call();
    expect(await call()).toBe('circuitOpen');
    finish(new Response('{}'));
    expect(await probe).toBe('answer');
    behave = answer;
    expect(await call()).toBe('answer');
  });

  it('stays open for another while when that one fails', async () => {
    await callTimes(5);
    now += 5_000;
    expect(await call()).toBe('unreachable');
    expect(await call()).toBe('circuitOpen');
  });
});
