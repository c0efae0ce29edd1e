import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectWorld, startConnectWorld } from '../testing/connect-world.ts';

let world: ConnectWorld;
beforeAll(async () => {
  world = await startConnectWorld();
});
afterAll(() => world.stop());

const whole = { Latchkey: { 'Latchkey localhost:3000': 1 } };
const publicUrl = 'http://localhost:3000';
const change = /^(POST (?!.*_search$)|DELETE |PUT )/;

/** Lets the nth change fail until a run has no nth change any more. @returns how many runs were cut. */
async function cutEach(kind: 'reset' | 'resetAfter', run: () => Promise<unknown>, after: () => Promise<void>) {
  for (let nth = 0; ; nth += 1) {
    world.proxy.calm();
    world.proxy.fail(change, { kind }, { after: nth, times: 1 });
    const cut = await run().then(
      () => false,
      () => true,
    );
    world.proxy.calm();
    await after();
    if (!cut) return nth;
  }
}

describe.each(['reset', 'resetAfter'] as const)('a connection that breaks (%s)', (kind) => {
  it('while it connects, leaves what the next run goes on from', async () => {
    const runs = await cutEach(
      kind,
      () => world.run(),
      async () => {
        await world.run();
        expect(await world.look()).toEqual(whole);
        expect(readFileSync(world.files.variables, 'utf8')).toContain(`LATCHKEY_PUBLIC_URL=${publicUrl}`);
        await world.run('--remove');
        expect(await world.look()).toEqual({});
      },
    );
    // Project, application with and without the back-channel address, key.
    expect(runs).toBe(4);
  });

  it('while it removes, too', async () => {
    await world.run();
    const runs = await cutEach(
      kind,
      () => world.run('--remove'),
      async () => {
        await world.run('--remove');
        expect(await world.look()).toEqual({});
        expect(Object.values(world.files).filter((file) => existsSync(file))).toEqual([]);
        await world.run();
      },
    );
    expect(runs).toBe(2);
    await world.run('--remove');
  });
});

describe('kill -9', () => {
  it.each(['hang', 'hangAfter'] as const)('while the key is being made (%s) leaves no second key', async (kind) => {
    world.proxy.calm();
    const asked = /POST .*\/keys$/;
    world.proxy.fail(asked, { kind });
    const command = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('./connect-command.ts', import.meta.url)), ...world.line()],
      { env: { PATH: process.env.PATH, ...world.environment }, stdio: 'ignore' },
    );
    const ended = once(command, 'exit');
    const keys = async () => Object.values((await world.look()).Latchkey ?? {})[0];
    await expect.poll(() => world.proxy.seen.some((line) => asked.test(line)), { timeout: 30_000 }).toBe(true);
    if (kind === 'hangAfter') await expect.poll(keys, { timeout: 20_000 }).toBe(1);
    command.kill('SIGKILL');
    await ended;
    expect(existsSync(world.files.key)).toBe(false);
    expect(existsSync(world.files.variables)).toBe(false);
    await world.run();
    expect(await world.look()).toEqual(whole);
    expect(existsSync(world.files.key)).toBe(true);
    await world.run('--remove');
  });
});
