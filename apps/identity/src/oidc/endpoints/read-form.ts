import type { IncomingMessage } from 'node:http';

const LIMIT = 64 * 1024;

/**
 * Reads an urlencoded body; of a field that comes twice the last one counts.
 *
 * @throws Error when the body is larger than 64 KiB.
 */
export async function readForm(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    if (length > LIMIT) throw Object.assign(new Error('the form is too large'), { status: 413, expose: true });
    chunks.push(bytes);
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
}
