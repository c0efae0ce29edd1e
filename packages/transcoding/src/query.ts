import type { DescEnum, DescField } from '@bufbuild/protobuf';
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect';
import { findField, formatEnum, mutable, type Place } from './fields.ts';
import { formatScalar, parseScalar, TextError } from './scalar-text.ts';
import { formatWellKnown, hasText, parseWellKnown } from './well-known-text.ts';

/**
 * Puts a query's values into a message, by grpc-gateway's rules: names in proto or JSON spelling, `a.b` for a field of a field, `m[k]`
 * for a map's entry, a name again for a list's next item; names no field has are ignored.
 *
 * @param bound paths of the fields that the URL's path or the body has; values for those, and for what is below them, are ignored
 * @throws TextError with grpc-gateway's message
 */
export function readQuery(message: ReflectMessage, query: URLSearchParams, bound: ReadonlySet<string>): void {
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    const map = /^(.*)\[(.*)\]$/.exec(name);
    const place = findPlace(message, (map?.[1] ?? name).split('.'), bound);
    if (place) setField(place, map ? [map[2] ?? '', ...values] : values);
  }
}

function findPlace(message: ReflectMessage, names: string[], bound: ReadonlySet<string>): Place | undefined {
  let owner = message;
  let path = '';
  for (const [index, name] of names.entries()) {
    const field = findField(owner.desc, name);
    if (!field) return undefined;
    path += index === 0 ? field.name : `.${field.name}`;
    if (bound.has(path)) return undefined;
    refuseSecondOfOneof(owner, field);
    if (index === names.length - 1) return { owner, field };
    if (field.fieldKind !== 'message') throw new TextError(`invalid path: ${JSON.stringify(name)} is not a message`);
    owner = mutable(owner, field);
  }
  return undefined;
}

function refuseSecondOfOneof(owner: ReflectMessage, field: DescField): void {
  const chosen = field.oneof && owner.oneofCase(field.oneof);
  if (chosen && (field.fieldKind !== 'message' || chosen !== field)) {
    throw new TextError(`field already set for oneof ${JSON.stringify(field.oneof?.name)}`);
  }
}

function setField({ owner, field }: Place, values: string[]): void {
  if (field.fieldKind === 'list') {
    const list = owner.get(field);
    for (const value of values) list.add(parseValue(field, value));
  } else if (field.fieldKind === 'map') {
    const [key = '', value = ''] = values;
    if (values.length !== 2) throw new TextError(`more than one value provided for key ${JSON.stringify(key)} in map`);
    owner.get(field).set(
      within(field, () => parseScalar(field.mapKey, key, 10)),
      parseValue(field, value),
    );
  } else {
    const [value = ''] = values;
    if (values.length > 1)
      throw new TextError(`too many values for field ${JSON.stringify(field.name)}: ${values.join(', ')}`);
    owner.set(field, parseValue(field, value));
  }
}

function parseValue(field: DescField, text: string): unknown {
  return within(field, () => {
    if (field.message) return reflect(field.message, parseWellKnown(field.message, text));
    return field.enum ? parseEnum(field.enum, text) : parseScalar(field.scalar, text, 10);
  });
}

function within<T>(field: DescField, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    if (!(cause instanceof TextError)) throw cause;
    const what = field.fieldKind === 'list' ? 'list' : 'field';
    throw new TextError(`parsing ${what} ${JSON.stringify(field.name)}: ${cause.message}`, { cause });
  }
}

function parseEnum(desc: DescEnum, text: string): number {
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
  const value = desc.values.find(({ name }) => name === text) ?? desc.values.find((each) => each.number === number);
  if (!value) throw new TextError(`${JSON.stringify(text)} is not a valid value`);
  return value.number;
}

/**
 * A message's fields as a query, so that `readQuery` reads the same message back.
 *
 * @param bound paths of fields to leave out
 * @throws TextError for what no query can say: a list of messages, a message that is set but empty, a map of messages
 */
export function writeQuery(message: ReflectMessage, bound: ReadonlySet<string>): URLSearchParams {
  const query = new URLSearchParams();
  appendFields(query, message, bound, { name: '', path: '' });
  return query;
}

interface Prefix {
  readonly name: string;
  readonly path: string;
}

function appendFields(
  query: URLSearchParams,
  message: ReflectMessage,
  bound: ReadonlySet<string>,
  prefix: Prefix,
): void {
  for (const field of message.fields) {
    const path = prefix.path + field.name;
    if (!message.isSet(field) || bound.has(path)) continue;
    appendField(query, { owner: message, field }, bound, { name: prefix.name + field.jsonName, path });
  }
}

function appendField(
  query: URLSearchParams,
  { owner, field }: Place,
  bound: ReadonlySet<string>,
  { name, path }: Prefix,
): void {
  switch (field.fieldKind) {
    case 'list':
      for (const item of owner.get(field)) query.append(name, formatValue(field, item, path));
      break;
    case 'map':
      for (const [key, item] of owner.get(field))
        query.append(`${name}[${String(key)}]`, formatValue(field, item, path));
      break;
    case 'message': {
      const inner = owner.get(field);
      if (hasText(field.message)) query.append(name, formatWellKnown(field.message, inner.message));
      else if (!inner.fields.some((each) => inner.isSet(each)))
        throw new TextError(`an empty ${path} does not fit a query`);
      else appendFields(query, inner, bound, { name: `${name}.`, path: `${path}.` });
      break;
    }
    default:
      query.append(name, formatValue(field, owner.get(field), path));
  }
}

function formatValue(field: DescField, value: unknown, path: string): string {
  if (field.enum) return formatEnum(field.enum, Number(value));
  if (!field.message) return formatScalar(value);
  if (!hasText(field.message) || !isReflected(value)) throw new TextError(`${path} does not fit a query`);
  return formatWellKnown(field.message, value.message);
}

function isReflected(value: unknown): value is ReflectMessage {
  return typeof value === 'object' && value !== null && 'message' in value && 'desc' in value;
}
