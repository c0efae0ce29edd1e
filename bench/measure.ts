/** What was measured: times in milliseconds, and how many a second. */
export interface Measured {
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
  readonly count: number;
}

/**
 * Runs `work` again and again, by so many at once, until the time is over or there were enough; short, because other
 * things run on the machine.
 *
 * @param work is told which one it is, from 0.
 */
export async function measure(
  work: (index: number) => Promise<unknown>,
  options: { readonly atOnce?: number; readonly most?: number; readonly seconds?: number; readonly warm?: number } = {},
): Promise<Measured> {
  const { atOnce = 1, most = 200, seconds = 4, warm = 5 } = options;
  let index = 0;
  for (; index < warm; index += 1) await work(index);
  const times: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1_000;
  const one = async () => {
    while (performance.now() < end && index - warm < most) {
      const mine = index;
      index += 1;
      const start = performance.now();
      await work(mine);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return summarise(times, performance.now() - began);
}

/** Runs one after the other of `works`, round after round, so that what disturbs the machine disturbs all alike. */
export async function measureInTurn(
  works: readonly (() => Promise<unknown>)[],
  options: { readonly most: number; readonly seconds: number; readonly warm: number },
): Promise<readonly Measured[]> {
  const times: number[][] = works.map(() => []);
  const end = performance.now() + options.seconds * 1_000;
  for (let round = 0; round < options.most + options.warm; round += 1) {
    if (round > options.warm && performance.now() > end) break;
    for (const [at, work] of works.entries()) {
      const start = performance.now();
      await work();
      if (round >= options.warm) times[at]?.push(performance.now() - start);
    }
  }
  return times.map((own) =>
    summarise(
      own,
      own.reduce((sum, time) => sum + time, 0),
    ),
  );
}

/** @param elapsed milliseconds that all of it took. */
function summarise(times: number[], elapsed: number): Measured {
  times.sort((left, right) => left - right);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), perSecond: (times.length / elapsed) * 1_000, count: times.length };
}
