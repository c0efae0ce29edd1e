import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A TCP port of this machine on which nobody listens just now. Not one that the system would give: between now and the
 * moment a server listens on it, the system may give it to any connection of another test.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    // Below what Linux gives to connections by itself (32768 to 60999).
    const port = randomInt(20_000, 32_768);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
