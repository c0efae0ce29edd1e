import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { JsonObject, JsonValue } from '@bufbuild/protobuf';

/** Through what a call goes. */
export type Door = 'rest' | 'grpc' | 'grpc-web' | 'connect';
export const DOORS: readonly Door[] = ['rest', 'grpc', 'grpc-web', 'connect'];

/** One recorded scenario; README.md beside the recordings says what each part means. */
export interface Scenario {
  readonly id: string;
  readonly about: string;
  readonly doors: readonly Door[];
  readonly steps: readonly Step[];
}

export type Step = Call | Tool;

export interface Call {
  readonly tool?: undefined;
  readonly as: string | { readonly token: string } | { readonly header: string } | null;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
  readonly form?: Readonly<Record<string, string>>;
  readonly rawBody?: string;
  readonly does?: string;
  readonly keeps?: Keeps;
  readonly judged?: true;
  readonly restOnly?: true;
  readonly settles?: true;
  readonly ordered?: true;
  readonly any?: true;
  readonly rpc?: { readonly method: string; readonly request: JsonObject };
  readonly answers?: { readonly rest?: RestAnswer } & Partial<Record<Exclude<Door, 'rest'> | 'rpc', RpcAnswer>>;
}

/** Values of an answer to keep: name to dotted path. */
export type Keeps = Readonly<Record<string, string>>;

export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
}

export interface RpcAnswer {
  readonly code: string;
  readonly message?: string;
  readonly details?: readonly JsonValue[];
  readonly body?: JsonValue;
}

export type Tool =
  | { readonly tool: 'pause'; readonly ms: number }
  | { readonly tool: 'totp'; readonly from: string; readonly keeps: Keeps }
  | {
      readonly tool: 'authenticator.create' | 'authenticator.get';
      readonly key: string;
      readonly from: string;
      readonly keeps: Keeps;
    };

/** The recordings: the world, and what starts from it. */
export interface Recordings {
  readonly world: Scenario;
  readonly scenarios: readonly Scenario[];
}

/** Reads every recording below `folder`, in the order of their ids. */
export function readRecordings(folder: string): Recordings {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  const read = (file: string): Scenario => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const all = files.map(read).sort((a, b) => a.id.localeCompare(b.id));
  const world = all.find(({ id }) => id === 'world');
  if (!world) throw new Error(`no world.json in ${relative('.', folder)}`);
  return { world, scenarios: all.filter((scenario) => scenario !== world) };
}

/** Scenarios that change the instance, and therefore run alone. */
export function runsAlone({ id }: Scenario): boolean {
  return id.startsWith('policy/');
}
