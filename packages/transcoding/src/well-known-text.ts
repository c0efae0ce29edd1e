import { create, type DescMessage, fromJson, type JsonValue, type Message, toJson } from '@bufbuild/protobuf';
import {
  type Duration,
  DurationSchema,
  type FieldMask,
  FieldMaskSchema,
  type Timestamp,
  TimestampSchema,
} from '@bufbuild/protobuf/wkt';
import { parseScalar, TextError } from './scalar-text.ts';

/**
 * Messages that grpc-gateway lets stand in a query as one text: timestamps, durations, field masks, and the wrappers.
 *
 * @returns whether `desc` is one of them
 */
export function hasText(desc: DescMessage): boolean {
  return isTextual(desc.typeName) || wrappedField(desc) !== undefined;
}

/** @throws TextError when `text` is not a value of `desc` */
export function parseWellKnown(desc: DescMessage, text: string): Message {
  const wrapped = wrappedField(desc);
  if (wrapped) return create(desc, { value: parseScalar(wrapped.scalar, text, 10) });
  switch (desc.typeName) {
    case TimestampSchema.typeName:
      return jsonOr(
        desc,
        text,
        `parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05.999999999Z07:00": cannot parse`,
      );
    case DurationSchema.typeName:
      return jsonOr(desc, goDuration(text), `time: invalid duration ${JSON.stringify(text)}`);
    case FieldMaskSchema.typeName:
      return create(FieldMaskSchema, { paths: text === '' ? [] : text.split(',') });
    default:
      throw new TextError(`unsupported message type: ${JSON.stringify(desc.typeName)}`);
  }
}

/** @returns the text of a message for which `hasText` holds, as `parseWellKnown` reads it back */
export function formatWellKnown(desc: DescMessage, message: Message): string {
  if (isFieldMask(message)) return message.paths.join(',');
  if (isTimestamp(message)) return String(toJson(TimestampSchema, message));
  if (isDuration(message)) return String(toJson(DurationSchema, message));
  const json = toJson(desc, message);
  return typeof json === 'string' && desc.typeName === 'google.protobuf.BytesValue' ? toUrlSafe(json) : String(json);
}

const isFieldMask = (message: Message): message is FieldMask => message.$typeName === FieldMaskSchema.typeName;
const isTimestamp = (message: Message): message is Timestamp => message.$typeName === TimestampSchema.typeName;
const isDuration = (message: Message): message is Duration => message.$typeName === DurationSchema.typeName;

function isTextual(typeName: string): boolean {
  return [TimestampSchema.typeName, DurationSchema.typeName, FieldMaskSchema.typeName].some(
    (name) => name === typeName,
  );
}

function wrappedField(desc: DescMessage) {
  if (!/^google\.protobuf\.\w+Value$/.test(desc.typeName)) return undefined;
  const field = desc.fields.length === 1 ? desc.fields[0] : undefined;
  return field?.fieldKind === 'scalar' ? field : undefined;
}

function jsonOr(desc: DescMessage, json: JsonValue, complaint: string): Message {
  try {
    return fromJson(desc, json);
  } catch (cause) {
    throw new TextError(complaint, { cause });
  }
}

const UNIT_SECONDS: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/** Go's duration text (`1h30m`, `1.5s`) as the seconds that protobuf's JSON has; other text comes back as it is. */
function goDuration(text: string): string {
  if (/^-?\d+(\.\d{1,9})?s$/.test(text)) return text;
  const match = /^([+-]?)((?:\d+(?:\.\d*)?(?:h|ms|m|s|us|µs|ns))+)$/.exec(text);
  if (!match) return text === '0' ? '0s' : text;
  let seconds = 0;
  for (const [, amount = '', unit = ''] of (match[2] ?? '').matchAll(/(\d+(?:\.\d*)?)(h|ms|m|s|us|µs|ns)/g)) {
    seconds += Number(amount) * (UNIT_SECONDS[unit] ?? 0);
  }
  return `${match[1] === '-' ? '-' : ''}${seconds.toFixed(9)}s`;
}

const toUrlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_');
