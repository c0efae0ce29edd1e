import { ConfigurationError } from '@latchkey/env/parse-environment';
import { readConfiguration } from './config.ts';
import { FolderInUse } from './data/folder-lock.ts';
import { PortTaken } from './data/port.ts';
import { type IdentityServer, startIdentity } from './server.ts';

/** Failures that are the operator's to mend get their message alone; a stack would only hide it. */
function explain(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof PortTaken || error instanceof FolderInUse) {
    return error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** `disconnect` is the end of the supervisor that started us with a channel: nothing of ours may outlive it. */
function stopOnSignal(server: IdentityServer): void {
  let stopping = false;
  for (const occasion of ['SIGINT', 'SIGTERM', 'disconnect']) {
    process.on(occasion, () => {
      // A second Ctrl-C does not wait for what is still open.
      if (stopping) process.exit(1);
      stopping = true;
      server.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${explain(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
}

try {
  const server = await startIdentity(readConfiguration(process.env));
  stopOnSignal(server);
  process.stdout.write(`identity listens on ${server.origin}\n`);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
