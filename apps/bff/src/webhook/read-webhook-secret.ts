import { readFileSync } from 'node:fs';

/** The least that Standard Webhooks asks for. */
const leastBytes = 24;

/**
 * Reads the secret that audit records are signed with: base64, with or without `whsec_` before it, as Standard Webhooks
 * writes it.
 *
 * @param file what LATCHKEY_WEBHOOK_SECRET_FILE says.
 * @throws Error naming the file, never what is in it.
 */
export function readWebhookSecret(file: string): Buffer {
  const text = readText(file).replace(/^whsec_/, '');
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);
  const secret = Buffer.from(text, 'base64');
  if (!isBase64 || secret.byteLength < leastBytes) {
    throw new Error(
      `LATCHKEY_WEBHOOK_SECRET_FILE: ${file} must hold at least ${leastBytes} random bytes in base64, such as openssl rand -base64 32 makes`,
    );
  }
  return secret;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Error(`LATCHKEY_WEBHOOK_SECRET_FILE: ${file} cannot be read (${code})`);
  }
}
