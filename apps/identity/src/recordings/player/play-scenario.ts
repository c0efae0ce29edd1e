import { setTimeout as pause } from 'node:timers/promises';
import type { JsonValue } from '@bufbuild/protobuf';
import type { Transport } from '@connectrpc/connect';
import { Secret, TOTP } from 'otpauth';
import { Authenticator } from './authenticator.ts';
import { callRest } from './call-rest.ts';
import { callRpc, type RpcDoor } from './call-rpc.ts';
import { type Difference, match } from './match.ts';
import type { Call, Door, RestAnswer, RpcAnswer, Scenario, Tool } from './scenario.ts';
import { fill, fillText, keep, newRunName, type Values } from './values.ts';

/** Where scenarios are played. */
export interface Stage {
  /** The server's origin. */
  readonly base: string;
  readonly transports: Readonly<Record<RpcDoor, Transport>>;
  /** For a server whose reads lag: pause where the recording does, and repeat what settles. */
  readonly patient: boolean;
}

/** A step whose answer was not the recorded one. */
export interface Failure {
  readonly scenario: string;
  readonly door: Door;
  /** From 0, as in the file. */
  readonly step: number;
  readonly request: string;
  readonly differences: readonly Difference[];
}

export interface Result {
  /** Judged answers, and how many of them were the recorded ones. */
  readonly judged: number;
  readonly equal: number;
  readonly failures: readonly Failure[];
  readonly values: Values;
}

/** Plays a scenario's steps through one door. A step on the way that does not work ends it: what follows it counts as different. */
export async function playScenario(stage: Stage, scenario: Scenario, door: Door, world: Values): Promise<Result> {
  const run = newRun(stage, scenario, door, world);
  const failures: Failure[] = [];
  let equal = 0;
  for (const [index, step] of scenario.steps.entries()) {
    if (step.tool !== undefined) {
      await useTool(run, step);
      continue;
    }
    if (step.judged && isSkipped(step, door)) continue;
    const differences = step.judged ? await judge(run, step) : await goOn(run, step);
    if (differences.length === 0) {
      if (step.judged) equal++;
      continue;
    }
    const request = `${callerOf(step)} ${step.method} ${fillText(step.path, run.values)}`;
    failures.push({ scenario: scenario.id, door, step: index, request, differences });
    if (!step.judged) break;
  }
  return { judged: countJudged(scenario, door), equal, failures, values: run.values };
}

interface Run {
  readonly stage: Stage;
  readonly door: Door;
  readonly values: Values;
  readonly authenticator: Authenticator;
}

function newRun(stage: Stage, scenario: Scenario, door: Door, world: Values): Run {
  const values: Values = new Map(world);
  const name = newRunName();
  values.set('n', name);
  if (scenario.id === 'world') values.set('worldN', name);
  return { stage, door, values, authenticator: new Authenticator(stage.base) };
}

function callerOf({ as }: Call): string {
  if (as === null) return 'nobody at all:';
  return typeof as === 'string' ? `${as}:` : `${Object.keys(as)[0]}:`;
}

export function countJudged(scenario: Scenario, door: Door): number {
  return scenario.steps.filter((step) => step.tool === undefined && step.judged && !isSkipped(step, door)).length;
}

function isSkipped(step: Call, door: Door): boolean {
  return door !== 'rest' && (step.restOnly === true || step.rpc === undefined);
}

async function useTool({ stage, values, authenticator }: Run, tool: Tool): Promise<void> {
  switch (tool.tool) {
    case 'pause':
      if (stage.patient) await pause(tool.ms);
      return;
    case 'totp':
      return keep(values, tool.keeps, new TOTP({ secret: Secret.fromBase32(fillText(tool.from, values)) }).generate());
    case 'authenticator.create':
      return keep(values, tool.keeps, authenticator.create(tool.key, fill(tool.from, values)));
    case 'authenticator.get':
      return keep(values, tool.keeps, authenticator.get(tool.key, fill(tool.from, values)));
  }
}

/** A step on the way, by REST: its status must be of the recorded kind, unless any answer is fine. */
async function goOn(run: Run, step: Call): Promise<Difference[]> {
  const recorded = step.answers?.rest?.status ?? 200;
  return await untilSettled(run, step, async () => {
    const answer = await callRest(run.stage.base, step, headersOf(run, step), run.values);
    keep(run.values, step.keeps, answer.body);
    if (step.any || answer.status === recorded) return [];
    return [
      { path: 'status', expected: recorded, got: answer.status },
      { path: 'body', expected: undefined, got: answer.body },
    ];
  });
}

async function judge(run: Run, step: Call): Promise<Difference[]> {
  const differences = await untilSettled(run, step, () => compare(run, step));
  if (run.door !== 'rest' && step.keeps) {
    keep(run.values, step.keeps, (await callRest(run.stage.base, step, headersOf(run, step), run.values)).body);
  }
  return differences;
}

async function compare(run: Run, step: Call): Promise<Difference[]> {
  const { stage, door, values } = run;
  const headers = headersOf(run, step);
  const options = { values, ordered: step.ordered === true };
  if (door === 'rest') {
    const answer = await callRest(stage.base, step, headers, values);
    keep(values, step.keeps, answer.body);
    return match(atHome(step.answers?.rest, stage), asJson(answer), options);
  }
  if (!step.rpc) return [];
  const answer = await callRpc(stage.transports[door], step.rpc, headers, values);
  return match(atHome(step.answers?.[door] ?? step.answers?.rpc, stage), asJson(answer), options);
}

/** Repeats a step of a patient run for ten seconds at most. */
async function untilSettled({ stage }: Run, step: Call, attempt: () => Promise<Difference[]>): Promise<Difference[]> {
  const end = Date.now() + (stage.patient && step.settles ? 10_000 : 0);
  for (;;) {
    const differences = await attempt();
    if (differences.length === 0 || Date.now() >= end) return differences;
    await pause(100);
  }
}

function headersOf({ values }: Run, step: Call): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(step.headers ?? {})) headers[name] = fillText(value, values);
  if (typeof step.as === 'string') headers.authorization = `Bearer ${String(values.get(`${step.as}.token`))}`;
  else if (step.as !== null && 'token' in step.as) headers.authorization = `Bearer ${fillText(step.as.token, values)}`;
  else if (step.as !== null) headers.authorization = fillText(step.as.header, values);
  return headers;
}

/** Recorded at http://localhost:8080; a server elsewhere answers with its own origin. */
function atHome(answer: RestAnswer | RpcAnswer | undefined, { base }: Stage): JsonValue {
  return JSON.parse(JSON.stringify(answer ?? {}).replaceAll('http://localhost:8080', base));
}

function asJson(answer: object): JsonValue {
  return JSON.parse(JSON.stringify(answer));
}
