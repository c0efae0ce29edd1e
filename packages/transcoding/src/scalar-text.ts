import { ScalarType } from '@bufbuild/protobuf';
import { base64Decode, base64Encode } from '@bufbuild/protobuf/wire';

/** What a scalar field holds in a reflected message. */
export type ScalarValue = string | boolean | number | bigint | Uint8Array;

/** Text that does not stand for a value; the message is the one Go's strconv has, because grpc-gateway shows it. */
export class TextError extends Error {
  override readonly name = 'TextError';
}

/** Base of whole numbers: paths take Go's base 0 (`0x1`, `01`, `0b1`, `1_0`), queries base 10. */
export type IntegerBase = 0 | 10;

/**
 * @throws TextError when `text` is no value of that type
 */
export function parseScalar(type: ScalarType, text: string, base: IntegerBase): ScalarValue {
  switch (type) {
    case ScalarType.STRING:
      return text;
    case ScalarType.BOOL:
      return parseBool(text);
    case ScalarType.BYTES:
      return parseBytes(text);
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return parseFloat64(text);
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return Number(parseInteger(text, base, { signed: true, bits: 32 }));
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return Number(parseInteger(text, base, { signed: false, bits: 32 }));
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return parseInteger(text, base, { signed: true, bits: 64 });
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return parseInteger(text, base, { signed: false, bits: 64 });
  }
}

/** @returns the text that `parseScalar` reads back */
export function formatScalar(value: unknown): string {
  return value instanceof Uint8Array ? base64Encode(value, 'url') : String(value);
}

const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

function parseBool(text: string): boolean {
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw new TextError(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function parseBytes(text: string): Uint8Array {
  try {
    return base64Decode(text);
  } catch {
    throw new TextError('illegal base64 data at input byte 0');
  }
}

function parseFloat64(text: string): number {
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special) {
    if (special[2]?.toLowerCase() === 'nan') return Number.NaN;
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  throw new TextError(`strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`);
}

const BASE_10 = /^\d+$/;
const BASE_0 = /^(?:(?<hex>0x(?:_?[\da-f])+)|(?<bin>0b(?:_?[01])+)|(?<oct>0o?(?:_?[0-7])+)|(?<dec>0|[1-9](?:_?\d)*))$/i;

/** Go's strconv.ParseInt and ParseUint. */
export function parseInteger(text: string, base: IntegerBase, range: { signed: boolean; bits: 32 | 64 }): bigint {
  const name = range.signed ? 'ParseInt' : 'ParseUint';
  const sign = range.signed ? /^[+-]/.exec(text)?.[0] : undefined;
  const magnitude = digitsToBigInt(sign ? text.slice(1) : text, base);
  if (magnitude === undefined) throw new TextError(`strconv.${name}: parsing ${JSON.stringify(text)}: invalid syntax`);
  const value = sign === '-' ? -magnitude : magnitude;
  const clipped = range.signed ? BigInt.asIntN(range.bits, value) : BigInt.asUintN(range.bits, value);
  if (clipped !== value) throw new TextError(`strconv.${name}: parsing ${JSON.stringify(text)}: value out of range`);
  return value;
}

function digitsToBigInt(digits: string, base: IntegerBase): bigint | undefined {
  if (base === 10) return BASE_10.test(digits) ? BigInt(digits) : undefined;
  const groups = BASE_0.exec(digits)?.groups;
  if (!groups) return undefined;
  const plain = digits.replaceAll('_', '').toLowerCase();
  return groups.oct ? BigInt(`0o${plain.replace(/^0o?/, '')}`) : BigInt(plain);
}
