const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const MAP = 5;

/**
 * Encodes what WebAuthn needs of CBOR (RFC 8949): whole numbers, texts, bytes and maps of at most 65,535 in size.
 *
 * @throws TypeError for anything else.
 */
export function encodeCbor(value: unknown): Buffer {
  if (typeof value === 'number' && Number.isInteger(value)) {
    return value < 0 ? head(NEGATIVE, -1 - value) : head(0, value);
  }
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return Buffer.concat([head(TEXT, bytes.length), bytes]);
  }
  if (value instanceof Uint8Array) return Buffer.concat([head(BYTES, value.length), value]);
  if (value instanceof Map) {
    const entries = [...value].flatMap(([key, entry]) => [encodeCbor(key), encodeCbor(entry)]);
    return Buffer.concat([head(MAP, value.size), ...entries]);
  }
  throw new TypeError('not a value that WebAuthn needs');
}

function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(major << 5) | size]);
  if (size < 256) return Buffer.from([(major << 5) | 24, size]);
  if (size < 65_536) return Buffer.from([(major << 5) | 25, size >> 8, size & 0xff]);
  throw new TypeError('too large');
}
