import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { ServerKeys } from './server-keys.ts';

/** Something encrypted, and the id of the server key that took part. */
export interface Sealed {
  readonly kid: string;
  readonly sealed: string;
}

/**
 * Encrypts what lies in the database. The key is made of two halves, the server's and one that only the browser holds
 * (`secret`), so that neither a copied database nor one with the server key opens anything.
 */
export interface Vault {
  /**
   * @param secret the browser's half: at least 32 random bytes, base64url.
   * @param context what the value belongs to (a session and its version): moved elsewhere it does not open.
   */
  seal(value: unknown, secret: string, context: string): Sealed;

  /** @returns the value, or undefined when the secret, the context or the content is not the one that was sealed. */
  open(sealed: Sealed, secret: string, context: string): unknown;
}

const nonceLength = 12;
const tagLength = 16;

/** @param purpose separates keys of one file that serve different ends. */
export function createVault(keys: ServerKeys, purpose: string): Vault {
  const deriveKey = (kid: string, secret: string) =>
    Buffer.from(hkdfSync('sha256', keys.key(kid), secret, `latchkey ${purpose}`, 32));
  return {
    seal(value, secret, context) {
      const kid = keys.current;
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', deriveKey(kid, secret), nonce);
      cipher.setAAD(Buffer.from(context));
      const content = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return { kid, sealed: Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64url') };
    },
    open({ kid, sealed }, secret, context) {
      const bytes = Buffer.from(sealed, 'base64url');
      const nonce = bytes.subarray(0, nonceLength);
      const tag = bytes.subarray(nonceLength, nonceLength + tagLength);
      try {
        const decipher = createDecipheriv('aes-256-gcm', deriveKey(kid, secret), nonce, { authTagLength: tagLength });
        decipher.setAAD(Buffer.from(context));
        decipher.setAuthTag(tag);
        const content = Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()]);
        return JSON.parse(content.toString('utf8'));
      } catch {
        return undefined;
      }
    },
  };
}
