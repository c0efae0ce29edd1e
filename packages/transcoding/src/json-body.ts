import type { JsonValue } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';

/**
 * The first JSON value of a request's body. What follows it is ignored, as by Go's json.Decoder.
 *
 * @returns undefined for a body of nothing but white space
 * @throws ConnectError InvalidArgument when there is no JSON
 */
export function decodeJsonBody(text: string): JsonValue | undefined {
  const trimmed = text.trimStart();
  if (trimmed === '') return undefined;
  try {
    return parse(trimmed);
  } catch (whole) {
    const end = endOfFirst(trimmed);
    if (end === undefined) throw refusal('unexpected EOF', whole);
    try {
      return parse(trimmed.slice(0, end));
    } catch (first) {
      throw refusal(first instanceof Error ? first.message : String(first), first);
    }
  }
}

function parse(text: string): JsonValue {
  return JSON.parse(text);
}

function refusal(message: string, cause: unknown): ConnectError {
  return new ConnectError(message, Code.InvalidArgument, undefined, undefined, cause);
}

/** Where the object or array that `text` begins with ends; undefined when it does not. A value of another kind is the whole text. */
function endOfFirst(text: string): number | undefined {
  if (!text.startsWith('{') && !text.startsWith('[')) return text.length;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]+|\\.)*"|[{}[\]]|"/gs)) {
    if (token === '"') return undefined;
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    if (depth === 0 && !token.startsWith('"')) return index + 1;
  }
  return undefined;
}
