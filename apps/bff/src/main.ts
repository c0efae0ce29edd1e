import { ConfigurationError } from '@latchkey/env/parse-environment';
import { readConfig } from './config.ts';
import { type BffServer, startBff } from './server.ts';

/**
 * The first signal stops in order, the second at once. `disconnect` is the end of the supervisor that started us with a
 * channel: nothing of ours may outlive it.
 */
function stopOnSignals(server: BffServer): void {
  let stopping = false;
  for (const occasion of ['SIGTERM', 'SIGINT', 'disconnect']) {
    process.on(occasion, () => {
      if (stopping) process.exit(1);
      stopping = true;
      server.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

try {
  stopOnSignals(await startBff(readConfig(process.env)));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof ConfigurationError ? message : `Latchkey could not start: ${message}`}\n`);
  process.exit(1);
}
