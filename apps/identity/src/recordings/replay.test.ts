import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playAll } from './player/play-all.ts';
import { describeFailure, report } from './player/report.ts';
import { DOORS, readRecordings } from './player/scenario.ts';
import { type OwnServer, startServer } from './player/start-server.ts';

const recordings = readRecordings(fileURLToPath(new URL('.', import.meta.url)));

let server: OwnServer;
beforeAll(async () => {
  server = await startServer();
}, 120_000);
afterAll(() => server?.stop());

describe('a server of ours, and the recorded answers of a real ZITADEL', () => {
  it.each(DOORS)(
    'are the same through %s',
    async (door) => {
      const { base, token } = server;
      const scores = await playAll(recordings, { base, token, doors: [door] });
      process.stdout.write(`${report(scores.map((score) => ({ ...score, failures: [] })))}\n`);
      expect(scores.flatMap(({ failures }) => failures).map(describeFailure)).toEqual([]);
      for (const { judged, equal } of scores) expect({ equal }).toEqual({ equal: judged });
      expect(scores.reduce((sum, { judged }) => sum + judged, 0)).toBeGreaterThan(100);
    },
    300_000,
  );
});
