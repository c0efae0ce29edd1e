import { type ChildProcess, spawn } from 'node:child_process';
import { expect } from '@playwright/test';

/** `npm start` as a stranger types it, on ports and data of a test's own. */
export class Start {
  readonly child: ChildProcess;
  output = '';

  constructor(env: Record<string, string>) {
    this.child = spawn('npm', ['start'], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
  }

  async ready(publicUrl: string): Promise<void> {
    await expect.poll(() => this.output.split('\n'), { timeout: 60_000 }).toContain(`ready ${publicUrl}`);
  }

  exited(): Promise<number | null> {
    return new Promise((resolve) => this.child.once('exit', (code) => resolve(code)));
  }

  async stop(): Promise<void> {
    const ended = this.exited();
    this.child.kill('SIGTERM');
    await ended;
  }
}
