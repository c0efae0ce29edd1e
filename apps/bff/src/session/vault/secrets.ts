import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 random bytes, base64url: 43 characters. */
export const randomSecret = (): string => randomBytes(32).toString('base64url');

/** The form of a `randomSecret`. */
export const secretPattern = /^[A-Za-z0-9_-]{43}$/;

/** SHA-256, base64url: how a random value is kept where it only has to be recognised. */
export const hash = (value: string): string => createHash('sha256').update(value).digest('base64url');

/** A value that follows from a secret and does not lead back to it: 43 characters, base64url. */
export const derive = (secret: string, purpose: string): string =>
  createHmac('sha256', secret).update(purpose).digest('base64url');

/** Compares in a time that does not tell how much was right. */
export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());
}
