import type { JsonValue } from '@bufbuild/protobuf';

/** What a run knows by name: `{name}` in a recording stands for it. */
export type Values = Map<string, JsonValue>;

const NAME = /\{([A-Za-z][\w.]*)\}/g;

/** Puts values for names: a string that is only a name becomes the value itself. Names nobody kept stay as they are. */
export function fill(json: JsonValue, values: Values): JsonValue {
  if (typeof json === 'string') {
    const whole = /^\{([A-Za-z][\w.]*)\}$/.exec(json)?.[1];
    return (whole === undefined ? undefined : values.get(whole)) ?? fillText(json, values);
  }
  if (Array.isArray(json)) return json.map((item) => fill(item, values));
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, fill(value, values)]));
}

export function fillText(text: string, values: Values): string {
  return text.replaceAll(NAME, (placeholder, name: string) => {
    const value = values.get(name);
    return value === undefined ? placeholder : String(value);
  });
}

/** Keeps values of an answer under their names; a path that leads nowhere keeps nothing. */
export function keep(
  values: Values,
  keeps: Readonly<Record<string, string>> | undefined,
  body: JsonValue | undefined,
): void {
  for (const [name, path] of Object.entries(keeps ?? {})) {
    const value = valueAt(body, path);
    if (value !== undefined) values.set(name, value);
  }
}

function valueAt(json: JsonValue | undefined, path: string): JsonValue | undefined {
  let value = json;
  for (const key of path === '' ? [] : path.split('.')) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (value !== null && typeof value === 'object') value = value[key];
    else return undefined;
  }
  return value;
}

/** A name for one run, of ten letters and digits. */
export function newRunName(): string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return [...random].map((part) => part.toString(36).padStart(7, '0').slice(-5)).join('');
}
