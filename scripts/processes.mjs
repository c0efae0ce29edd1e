// Starting, watching and stopping our processes. Each runs in a process group of its own, so that Ctrl-C reaches only
// this supervisor and everything stops in order; each also ends by itself when its channel to the supervisor closes.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { refuse, root } from './steps.mjs';

const running = [];

/** Refuses with the port, its variable and what to do when somebody else listens there. */
export function assertPortFree(port, host, variable) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (error.code === 'EADDRINUSE')
        refuse(`port ${port} is taken by another process. Stop it, or choose another with ${variable}=….`);
      refuse(`cannot listen on ${host}:${port} (${error.code}). Check HOST and ${variable}.`);
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

export function startProcess(name, file, env, exited) {
  const child = spawn(process.execPath, [file], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  running.unshift({ name, child });
  child.once('exit', (code, signal) => exited(name, code ?? signal));
}

/** Waits until `url` answers 200; gives up after a minute or when `abandoned` says so. */
export async function untilReady(url, name, abandoned) {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    // A stop is under way and ends this process itself.
    if (abandoned()) return new Promise(() => undefined);
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer?.ok) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stopAll();
  return refuse(`${name} did not become ready within a minute (${url}).`);
}

/** Stops in the reverse order of starting; what does not stop within ten seconds is killed. */
export async function stopAll() {
  for (const { child } of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(timer);
  }
}
