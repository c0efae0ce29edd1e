import { createPrivateKey, type webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ClientAuth, ClientSecretPost, PrivateKeyJwt } from 'openid-client';
import * as z from 'zod';
import type { ClientCredentials } from '../../config.ts';

/** Which application we are at ZITADEL, and how each request proves it. */
export interface ClientIdentity {
  readonly clientId: string;
  readonly authentication: ClientAuth;
}

/** ZITADEL's own format of an application's key, as its console downloads it. */
const ApplicationKey = z.object({
  type: z.literal('application'),
  keyId: z.string().min(1),
  key: z.string().includes('PRIVATE KEY'),
  clientId: z.string().min(1),
});

/**
 * Reads the key or the secret.
 *
 * @throws Error naming the file and what it should be; its content is not repeated.
 */
export async function readClientIdentity(credentials: ClientCredentials): Promise<ClientIdentity> {
  switch (credentials.kind) {
    case 'privateKey':
      return readApplicationKey(credentials.keyFile, credentials.clientId);
    case 'secret': {
      const secret = readText(credentials.secretFile, 'LATCHKEY_CLIENT_SECRET_FILE').trim();
      if (!secret) throw new Error(`LATCHKEY_CLIENT_SECRET_FILE: ${credentials.secretFile} is empty`);
      return { clientId: credentials.clientId, authentication: ClientSecretPost(secret) };
    }
  }
}

async function readApplicationKey(file: string, clientId: string | undefined): Promise<ClientIdentity> {
  const fault = `LATCHKEY_CLIENT_KEY_FILE: ${file} is not the key of an application as ZITADEL makes it`;
  const parsed = ApplicationKey.safeParse(parseJson(readText(file, 'LATCHKEY_CLIENT_KEY_FILE')));
  if (!parsed.success) throw new Error(fault);
  const { keyId, key, clientId: ownClientId } = parsed.data;
  if (clientId !== undefined && clientId !== ownClientId) {
    throw new Error(`LATCHKEY_CLIENT_ID: is not the application of ${file}; leave it unset`);
  }
  return { clientId: ownClientId, authentication: PrivateKeyJwt({ key: await importRsaKey(key, fault), kid: keyId }) };
}

/** PKCS#1 and PKCS#8 alike; the key cannot be read out again. */
async function importRsaKey(pem: string, fault: string): Promise<webcrypto.CryptoKey> {
  try {
    const pkcs8 = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' });
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    return await crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), algorithm, false, ['sign']);
  } catch {
    throw new Error(`${fault}: its key is not an RSA key`);
  }
}

function readText(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new Error(`${variable}: ${file} cannot be read (${code})`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
