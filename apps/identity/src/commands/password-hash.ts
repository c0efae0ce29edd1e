import { hash, verify } from '@node-rs/argon2';

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane (about 10 ms). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * @param salt 16 bytes or more; default: random ones. Given for generated people alone, who share one password.
 * @returns argon2id in PHC form.
 */
export function hashPassword(password: string, salt?: Buffer): Promise<string> {
  return hash(password, salt ? { ...COST, salt } : COST);
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password);
}
