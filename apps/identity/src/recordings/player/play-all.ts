import type { JsonValue } from '@bufbuild/protobuf';
import { openTransports } from './call-rpc.ts';
import { countJudged, type Failure, playScenario, type Stage } from './play-scenario.ts';
import { DOORS, type Door, type Recordings, runsAlone, type Scenario } from './scenario.ts';
import type { Values } from './values.ts';

export interface PlayOptions {
  /** The server's origin, without a slash at the end. */
  readonly base: string;
  /** The token of the first machine user, caller `iamOwner`. */
  readonly token: string;
  readonly doors?: readonly Door[];
  /** Plays scenarios whose id contains this. */
  readonly only?: string;
  readonly patient?: boolean;
}

/** What came of it, by door. */
export interface Score {
  readonly door: Door;
  readonly judged: number;
  readonly equal: number;
  readonly failures: readonly Failure[];
}

const AT_ONCE = 4;

/** Plays the world, then every scenario through every door it names; those that change the instance last, one after another. */
export async function playAll(recordings: Recordings, options: PlayOptions): Promise<Score[]> {
  const stage: Stage = {
    base: options.base,
    transports: openTransports(options.base),
    patient: options.patient ?? false,
  };
  const start: Values = new Map<string, JsonValue>([['iamOwner.token', options.token]]);
  const world = await playScenario(stage, recordings.world, 'rest', start);
  const chosen = recordings.scenarios.filter(({ id }) => id.includes(options.only ?? ''));
  const scores: Score[] = [];
  for (const door of options.doors ?? DOORS) {
    const ofDoor = chosen.filter(({ doors }) => doors.includes(door));
    const results = await playThrough(stage, ofDoor, door, world.values);
    scores.push({
      door,
      judged: ofDoor.reduce((sum, scenario) => sum + countJudged(scenario, door), 0),
      equal: results.reduce((sum, { equal }) => sum + equal, 0),
      failures: [...world.failures, ...results.flatMap(({ failures }) => failures)],
    });
  }
  return scores;
}

async function playThrough(stage: Stage, scenarios: readonly Scenario[], door: Door, world: Values) {
  const together = scenarios.filter((scenario) => !runsAlone(scenario));
  const results: Awaited<ReturnType<typeof playScenario>>[] = [];
  const queue = together.values();
  const worker = async (): Promise<void> => {
    for (const scenario of queue) results.push(await playScenario(stage, scenario, door, world));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const scenario of scenarios.filter(runsAlone)) results.push(await playScenario(stage, scenario, door, world));
  return results;
}
