import { AppProcess } from './app-process.ts';
import { freePort } from './free-port.ts';
import { startRoundRobin } from './round-robin.ts';

/** One BFF, or several that share a database behind a round-robin. */
export interface BffGroup {
  readonly publicUrl: string;
  readonly size: number;
  /**
   * Starts all of them at once and waits until each is ready.
   *
   * @param env what was not known before; what they were prepared with wins over it.
   */
  start(env?: Record<string, string>): Promise<void>;
  /** The process that has this number now, from 0. */
  process(index: number): AppProcess;
  /** Ends one: SIGKILL is the power cut, SIGTERM an orderly stop. The others go on. */
  end(index: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts one again that was ended, and waits until it is ready. */
  restart(index: number): Promise<void>;
  /** What each wrote so far, by name, also those that were ended and have a successor. */
  outputs(): readonly (readonly [name: string, text: string])[];
  /** How many requests each answered; empty without a round-robin. */
  readonly answered: ReadonlyMap<number, number>;
  stop(): Promise<void>;
}

/**
 * Prepares them, without starting any: their public address is known before.
 *
 * @param file the built entry.
 * @param env without `PORT`, `HOST` and `LATCHKEY_PUBLIC_URL`.
 */
export async function prepareBffs(size: number, file: string, env: Record<string, string>): Promise<BffGroup> {
  const ports: number[] = [];
  for (let index = 0; index < size; index += 1) ports.push(await freePort());
  const balancer = size > 1 ? await startRoundRobin(ports) : undefined;
  const publicUrl = `http://localhost:${balancer?.port ?? ports[0]}`;
  const processes = new Map<number, AppProcess>();
  const everStarted: (readonly [name: string, bff: AppProcess])[] = [];

  let late: Record<string, string> = {};
  const start = async (index: number) => {
    const port = ports[index];
    if (port === undefined) throw new Error(`There is no BFF ${index}.`);
    const environment = { LATCHKEY_PUBLIC_URL: publicUrl, ...late, ...env, PORT: String(port) };
    const bff = new AppProcess(`bff ${index}`, file, environment);
    processes.set(index, bff);
    everStarted.push([`bff ${index}`, bff]);
    await bff.ready(`http://127.0.0.1:${port}/readyz`);
  };
  const processOf = (index: number) => {
    const bff = processes.get(index);
    if (!bff) throw new Error(`BFF ${index} was not started.`);
    return bff;
  };
  return {
    publicUrl,
    size,
    process: processOf,
    async start(more = {}) {
      late = more;
      await Promise.all(ports.map((_, index) => start(index)));
    },
    end: (index, signal) => processOf(index).stop(signal),
    restart: start,
    outputs: () => everStarted.map(([name, bff]) => [name, bff.output]),
    answered: balancer?.answered ?? new Map(),
    async stop() {
      await Promise.all([...processes.values()].map((bff) => bff.stop()));
      await balancer?.stop();
    },
  };
}
