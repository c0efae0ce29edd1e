import {
  type DescField,
  type DescMessage,
  fromJson,
  type JsonValue,
  type Message,
  ScalarType,
} from '@bufbuild/protobuf';
import fc from 'fast-check';

type Json = fc.Arbitrary<JsonValue>;

/**
 * Messages of a type, by way of their JSON: every field may be missing, oneofs have one or none.
 *
 * @param fixed by field name, in place of what is made up: for path variables
 */
export function arbitraryMessage(desc: DescMessage, fixed: Record<string, Json> = {}): fc.Arbitrary<Message> {
  return messageJson(desc, 3, fixed).map((json) => fromJson(desc, json));
}

const made = new Map<string, Json>();

function messageJson(desc: DescMessage, depth: number, fixed: Record<string, Json> = {}): Json {
  if (Object.keys(fixed).length > 0) return buildMessageJson(desc, depth, fixed);
  const key = `${depth} ${desc.typeName}`;
  const known = WELL_KNOWN[desc.typeName] ?? made.get(key) ?? buildMessageJson(desc, depth, fixed);
  made.set(key, known);
  return known;
}

function buildMessageJson(desc: DescMessage, depth: number, fixed: Record<string, Json>): Json {
  const members: Record<string, Json> = {};
  const required: string[] = [];
  for (const field of desc.fields) {
    const json = fixed[field.name] ?? fieldJson(field, depth);
    if (field.oneof || !json) continue;
    members[field.jsonName] = json;
    if (fixed[field.name]) required.push(field.jsonName);
  }
  const oneofs = desc.oneofs.map(({ fields }) => {
    const choices = fields.flatMap((field) => {
      const json = fieldJson(field, depth);
      return json ? [fc.record({ [field.jsonName]: json })] : [];
    });
    return fc.oneof(fc.constant({}), ...choices);
  });
  const own = fc.record<Record<string, JsonValue>, string>(members, { requiredKeys: required });
  return fc.tuple(own, ...oneofs).map((parts) => Object.assign({}, ...parts));
}

function fieldJson(field: DescField, depth: number): Json | undefined {
  const value = valueJson(field, depth);
  if (!value) return undefined;
  switch (field.fieldKind) {
    case 'list':
      return fc.array(value, { minLength: 1, maxLength: 2 });
    case 'map': {
      const key = field.mapKey === ScalarType.STRING ? fc.stringMatching(/^[a-z ]{1,5}$/) : fc.constantFrom('1', '2');
      return fc.dictionary(key, value, { minKeys: 1, maxKeys: 2 });
    }
    default:
      return value;
  }
}

function valueJson(field: DescField, depth: number): Json | undefined {
  if (field.enum) return fc.constantFrom(...field.enum.values.map(({ name }) => name));
  if (!field.message) return scalarJson(field.scalar);
  if (field.message.typeName === 'google.protobuf.Any') return undefined;
  return depth > 0 ? messageJson(field.message, depth - 1) : undefined;
}

/** Plain texts, and some that URLs, headers and JSON have trouble with. */
export const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom(
    'user@example.com',
    'ä ö/ü?&=#%+',
    '日本語',
    'sp ace',
    'x:y',
    'a.b',
    '"quote"',
    '\u{1F600}',
    '%2F',
    '..',
    '\0\n',
  ),
);
const bytes = fc.uint8Array({ maxLength: 8 }).map((value) => Buffer.from(value).toString('base64'));
const longs = (min: bigint, max: bigint): Json => fc.bigInt({ min, max }).map(String);

function scalarJson(type: ScalarType): Json {
  switch (type) {
    case ScalarType.STRING:
      return text;
    case ScalarType.BOOL:
      return fc.boolean();
    case ScalarType.BYTES:
      return bytes;
    case ScalarType.DOUBLE:
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case ScalarType.FLOAT:
      return fc.float({ noNaN: true, noDefaultInfinity: true });
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return longs(-(2n ** 63n), 2n ** 63n - 1n);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return longs(0n, 2n ** 64n - 1n);
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return fc.nat({ max: 0xffffffff });
    default:
      return fc.integer();
  }
}

const fraction = fc.constantFrom('', '.5', '.000000001', '.123456');

const WELL_KNOWN: Readonly<Record<string, Json>> = {
  'google.protobuf.Timestamp': fc
    .tuple(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), fraction)
    .map(([date, part]) => date.toISOString().replace(/\.\d+Z$/, `${part}Z`)),
  'google.protobuf.Duration': fc
    .tuple(fc.nat({ max: 315_576_000_00 % 2 ** 31 }), fraction)
    .map(([seconds, part]) => `${seconds}${part}s`),
  'google.protobuf.FieldMask': fc
    .array(fc.constantFrom('a', 'someField', 'user.nickName'), { minLength: 1 })
    .map((paths) => paths.join(',')),
  'google.protobuf.Struct': fc.dictionary(text, fc.oneof(text, fc.boolean(), fc.integer())),
  'google.protobuf.Value': fc.oneof(text, fc.boolean(), fc.integer()),
  'google.protobuf.ListValue': fc.array(text),
  'google.protobuf.StringValue': text,
  'google.protobuf.BoolValue': fc.boolean(),
  'google.protobuf.BytesValue': bytes,
  'google.protobuf.Int32Value': fc.integer(),
  'google.protobuf.UInt32Value': fc.nat(),
  'google.protobuf.Int64Value': longs(-(2n ** 63n), 2n ** 63n - 1n),
  'google.protobuf.UInt64Value': longs(0n, 2n ** 64n - 1n),
};
