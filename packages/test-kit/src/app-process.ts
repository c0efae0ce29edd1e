import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

/** One of our server processes, started as the operator's would be: from its build. */
export class AppProcess {
  readonly #child: ChildProcess;
  readonly #name: string;
  #output = '';

  /** @param file the built entry, such as `apps/bff/dist/main.js`. */
  constructor(name: string, file: string, env: Record<string, string>) {
    this.#name = name;
    this.#child = spawn(process.execPath, [file], {
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
  }

  /** All that the process has written so far. */
  get output(): string {
    return this.#output;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Waits until `url` answers 200. @throws Error with the process's output when it ends or a minute goes by. */
  async ready(url: string): Promise<void> {
    for (const end = Date.now() + 60_000; Date.now() < end; await pause(50)) {
      if (this.#child.exitCode !== null) break;
      const answer = await fetch(url).catch(() => undefined);
      if (answer?.ok) return;
    }
    throw new Error(`${this.#name} did not become ready at ${url}:\n${this.#output}`);
  }

  /** Ends the process and waits until it is gone. `SIGKILL` is the power cut. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill(signal);
    await gone;
  }
}
