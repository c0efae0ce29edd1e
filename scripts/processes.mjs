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

/** @param args what Node runs: a file, with options before it and arguments after it. */
export function startProcess(name, args, env, exited) {
  const child = spawn(process.execPath, args, {
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

/**
 * Stops everything when this supervisor is told to, when whoever started it is gone, or when a process ends by itself.
 *
 * @param {() => Promise<void>} [before] what of this process's own has to end first.
 * @returns what startProcess and untilReady have to know of it.
 */
export function stopOnSignals(before = () => Promise.resolve()) {
  let stopping = false;
  const stop = async (code) => {
    if (stopping) return;
    stopping = true;
    await before();
    await stopAll();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));
  // npm, killed outright, cannot pass a signal on: whoever started us is gone, so we go too.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(0), 500).unref();
  return {
    isStopping: () => stopping,
    /** A process of ours ended by itself: its own message is above; nothing runs on half. */
    exited(name, code) {
      if (stopping) return;
      console.error(`latchkey: ${name} stopped by itself (exit code ${code}); stopping everything.`);
      void stop(1);
    },
  };
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
