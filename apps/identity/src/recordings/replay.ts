import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { playAll } from './player/play-all.ts';
import { report } from './player/report.ts';
import { DOORS, readRecordings } from './player/scenario.ts';
import { startServer } from './player/start-server.ts';

const HELP = `Plays the recorded answers of a real ZITADEL against a server, and says what differs.

  npx tsx apps/identity/src/recordings/replay.ts [options]

  --door NAME        rest, grpc, grpc-web or connect; may be given several times (default: all)
  --only TEXT        scenarios whose id contains TEXT
  --base URL         a server that runs already (default: one of its own, with no data)
  --pat-file FILE    the token of its first machine user; needed with --base
  --patient          for a server whose reads lag: pause and repeat as the recordings say
`;

const { values } = parseArgs({
  options: {
    door: { type: 'string', multiple: true },
    only: { type: 'string' },
    base: { type: 'string' },
    'pat-file': { type: 'string' },
    patient: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const recordings = readRecordings(fileURLToPath(new URL('.', import.meta.url)));
const doors = values.door ? DOORS.filter((door) => values.door?.includes(door)) : DOORS;
const server = values.base ? undefined : await startServer();
try {
  const base = (values.base ?? server?.base ?? '').replace(/\/$/, '');
  const token = server?.token ?? readFileSync(values['pat-file'] ?? 'admin.pat', 'utf8').trim();
  const only = values.only === undefined ? {} : { only: values.only };
  const scores = await playAll(recordings, { base, token, doors, patient: values.patient, ...only });
  process.stdout.write(`${report(scores)}\n`);
  process.exitCode = scores.every(({ judged, equal, failures }) => judged === equal && failures.length === 0) ? 0 : 1;
} finally {
  await server?.stop();
}
process.exit();
