import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'jose';
import * as z from 'zod';
import type { DataFolder } from './folder.ts';

const FILE = 'keys.json';

/** The keys of OIDC, made at the first start. */
export interface Keys {
  /** RSA keys that sign tokens, private, newest first. A real ZITADEL publishes two as well. */
  readonly signing: readonly JWK[];
  /** Keys that sign cookies, newest first. */
  readonly cookies: readonly string[];
}

const stored = z.object({
  signing: z.array(z.record(z.string(), z.unknown())).min(1),
  cookies: z.array(z.string().min(32)).min(1),
});

/** Loads the keys from the folder, or makes and keeps them. */
export async function loadKeys(folder: DataFolder): Promise<Keys> {
  const text = folder.read(FILE) ?? (await makeKeys(folder));
  return stored.parse(JSON.parse(text));
}

async function makeKeys(folder: DataFolder): Promise<string> {
  const text = JSON.stringify({
    signing: await Promise.all([makeSigningKey(), makeSigningKey()]),
    cookies: [randomBytes(32).toString('base64url')],
  });
  folder.write(FILE, text);
  return text;
}

async function makeSigningKey(): Promise<JWK> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const kid = BigInt(`0x${randomBytes(7).toString('hex')}`).toString();
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid };
}
