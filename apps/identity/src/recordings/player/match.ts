import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import type { Values } from './values.ts';

/** One place where an answer is not the recorded one. */
export interface Difference {
  /** Dotted, from the answer's top. */
  readonly path: string;
  /** Undefined: should not be there. */
  readonly expected: JsonValue | undefined;
  /** Undefined: is not there. */
  readonly got: JsonValue | undefined;
}

export interface MatchOptions {
  readonly values: Values;
  /** Whether lists must be in the recorded order. */
  readonly ordered: boolean;
}

/** @returns every difference between a recorded value and the one that came; none when they match */
export function match(
  expected: JsonValue | undefined,
  got: JsonValue | undefined,
  options: MatchOptions,
  path = '',
): Difference[] {
  if (expected === undefined || got === undefined) return expected === got ? [] : [{ path, expected, got }];
  if (typeof expected === 'string') {
    const same = typeof got === 'string' && patternOf(expected, options.values).test(got);
    return same ? [] : [{ path, expected, got }];
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(got)) return [{ path, expected, got }];
    return options.ordered ? matchInOrder(expected, got, options, path) : matchInAnyOrder(expected, got, options, path);
  }
  if (isObject(expected)) {
    return isObject(got) ? matchObject(expected, got, options, path) : [{ path, expected, got }];
  }
  return expected === got ? [] : [{ path, expected, got }];
}

const KINDS: Readonly<Record<string, string>> = {
  '<id>': '[\\w-]+',
  '<time>': '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z',
  '<n>': '-?\\d+',
  '<text>': '[^]*',
};

/** A recorded string as an expression: names filled in, `<kinds>` open, everything else exact. */
function patternOf(recorded: string, values: Values): RegExp {
  const parts = recorded.split(/(<(?:id|time|n|text)>|\{[A-Za-z][\w.]*\})/);
  const source = parts.map((part) => {
    const value = part.startsWith('{') ? values.get(part.slice(1, -1)) : undefined;
    return KINDS[part] ?? escapeText(value === undefined ? part : String(value));
  });
  return new RegExp(`^${source.join('')}$`);
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function matchObject(expected: JsonObject, got: JsonObject, options: MatchOptions, path: string): Difference[] {
  const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
  return [...keys].flatMap((key) => match(expected[key], got[key], options, join(path, key)));
}

function matchInOrder(expected: JsonValue[], got: JsonValue[], options: MatchOptions, path: string): Difference[] {
  const length = Math.max(expected.length, got.length);
  return Array.from({ length }, (_, index) =>
    match(expected[index], got[index], options, join(path, String(index))),
  ).flat();
}

/** Pairs each recorded item with one that matches it; what is left over is compared in order, to say how it differs. */
function matchInAnyOrder(expected: JsonValue[], got: JsonValue[], options: MatchOptions, path: string): Difference[] {
  const fits = expected.map((item) =>
    got.flatMap((candidate, at) => (match(item, candidate, options).length === 0 ? [at] : [])),
  );
  const takenBy = new Map<number, number>();
  const place = (index: number, tried: Set<number>): boolean => {
    for (const at of fits[index] ?? []) {
      if (tried.has(at)) continue;
      tried.add(at);
      const holder = takenBy.get(at);
      if (holder === undefined || place(holder, tried)) {
        takenBy.set(at, index);
        return true;
      }
    }
    return false;
  };
  const unplaced = expected.filter((_, index) => !place(index, new Set()));
  const untaken = got.filter((_, at) => !takenBy.has(at));
  return matchInOrder(unplaced, untaken, options, join(path, '*'));
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
