import { Agent, type IncomingMessage, request } from 'node:http';
import type { JsonValue } from '@bufbuild/protobuf';
import type { Call, RestAnswer } from './scenario.ts';
import { fill, fillText, type Values } from './values.ts';

/** The headers that recordings list when they were sent. */
const JUDGED_HEADERS = ['content-type', 'www-authenticate', 'location', 'cache-control', 'allow'];

const agent = new Agent({ keepAlive: true });

/** Sends a call as the HTTP request it is recorded as: node:http, because the Host header must be what the recording says. */
export async function callRest(
  base: string,
  call: Call,
  headers: Record<string, string>,
  values: Values,
): Promise<RestAnswer> {
  const { hostname, port } = new URL(base);
  const { body, type } = requestBody(call, values);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request({
      agent,
      hostname,
      port,
      method: call.method,
      path: encodePath(fillText(call.path, values)),
      headers: { ...(type && { 'content-type': type, 'content-length': Buffer.byteLength(body) }), ...headers },
    });
    outgoing.on('response', resolve).on('error', reject);
    outgoing.end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return toAnswer(response, Buffer.concat(chunks).toString('utf8'));
}

/** What a URL may not have as it is; percent signs are the recording's own. */
function encodePath(path: string): string {
  return path.replaceAll(/[^\x21-\x7e]/gu, encodeURIComponent);
}

function requestBody(call: Call, values: Values): { body: string; type?: string } {
  if (call.rawBody !== undefined) return { body: call.rawBody, type: 'application/json' };
  if (call.body !== undefined) return { body: JSON.stringify(fill(call.body, values)), type: 'application/json' };
  if (call.form === undefined) return { body: '' };
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(call.form)) fields.set(name, fillText(value, values));
  return { body: fields.toString(), type: 'application/x-www-form-urlencoded' };
}

function toAnswer(response: IncomingMessage, text: string): RestAnswer {
  const headers: Record<string, string> = {};
  for (const name of JUDGED_HEADERS) {
    const value = response.headers[name];
    // Header bytes are UTF-8, which node reads as Latin-1.
    if (value !== undefined) headers[name] = Buffer.from(String(value), 'latin1').toString('utf8');
  }
  return { status: response.statusCode ?? 0, headers, ...(text !== '' && { body: parse(text) }) };
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
