import { createServer } from 'node:net';

/** Somebody else listens on the port that was asked for. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';

  constructor(port: number, cause: unknown) {
    super(`Port ${port} is taken. Stop what listens there, or choose another by IDENTITY_PORT.`, { cause });
  }
}

/**
 * Looks whether the port is free before anything is made, and chooses one when 0 was asked for: the issuer has the port
 * in its name.
 *
 * @throws PortTaken
 */
export function choosePort(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause) => {
      reject('code' in cause && cause.code === 'EADDRINUSE' ? new PortTaken(port, cause) : cause);
    });
    probe.listen(port, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
