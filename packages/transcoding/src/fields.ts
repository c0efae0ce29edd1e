import type { DescEnum, DescField, DescMessage } from '@bufbuild/protobuf';
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect';
import { formatScalar, parseInteger, parseScalar, TextError } from './scalar-text.ts';

/** A field and the message it is in, which is created on the way. */
export interface Place {
  readonly owner: ReflectMessage;
  readonly field: DescField;
}

/** @returns the field called `name` in proto or in JSON, proto first as in grpc-gateway */
export function findField(desc: DescMessage, name: string): DescField | undefined {
  return desc.fields.find((field) => field.name === name) ?? desc.fields.find((field) => field.jsonName === name);
}

/**
 * The text a path needs for one field: a scalar's own, an enum's name.
 *
 * @param fieldPath names joined by dots
 * @throws TextError when it leads to no scalar or enum
 */
export function textOfField(message: ReflectMessage, fieldPath: string): string {
  const [name = '', ...rest] = fieldPath.split('.');
  const field = findField(message.desc, name);
  if (!field) throw new TextError(`no field ${fieldPath}`);
  if (rest.length > 0 && field.fieldKind === 'message') return textOfField(message.get(field), rest.join('.'));
  if (field.fieldKind === 'enum') return formatEnum(field.enum, message.get(field));
  if (field.fieldKind === 'scalar') return formatScalar(message.get(field));
  throw new TextError(`${fieldPath} is not a scalar`);
}

/** @throws TextError, whose message completes grpc-gateway's `type mismatch, parameter: …, error: …` */
export function setFieldFromPath(message: ReflectMessage, fieldPath: string, text: string): void {
  const [name = '', ...rest] = fieldPath.split('.');
  const field = findField(message.desc, name);
  if (!field) throw new TextError(`no field ${fieldPath}`);
  if (rest.length > 0) {
    if (field.fieldKind !== 'message') throw new TextError(`invalid path: ${JSON.stringify(name)} is not a message`);
    setFieldFromPath(mutable(message, field), rest.join('.'), text);
  } else if (field.fieldKind === 'enum') message.set(field, parsePathEnum(field.enum, text));
  else if (field.fieldKind === 'scalar') message.set(field, parseScalar(field.scalar, text, 0));
  else throw new TextError(`${fieldPath} is not a scalar`);
}

/** The message in `field`, put there first if it was not. */
export function mutable(owner: ReflectMessage, field: DescField & { fieldKind: 'message' }): ReflectMessage {
  if (!owner.isSet(field)) owner.set(field, reflect(field.message));
  return owner.get(field);
}

/** @returns the enum value's name, or its number when it has none */
export function formatEnum(desc: DescEnum, number: number): string {
  return desc.values.find((value) => value.number === number)?.name ?? String(number);
}

/** grpc-gateway's runtime.Enum: the exact name, else a defined number in any of Go's bases. */
function parsePathEnum(desc: DescEnum, text: string): number {
  const named = desc.values.find((value) => value.name === text);
  if (named) return named.number;
  const number = integerOf(text);
  if (!desc.values.some((value) => value.number === number)) throw new TextError(`${text} is not valid`);
  return Number(number);
}

function integerOf(text: string): number | undefined {
  try {
    return Number(parseInteger(text, 0, { signed: true, bits: 32 }));
  } catch {
    return undefined;
  }
}
