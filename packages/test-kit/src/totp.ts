import { TOTP } from 'otpauth';
import type { Person } from './person.ts';

/** The present code of a person's authenticator app (RFC 6238: SHA-1, six digits, 30 s). */
export function totpCode(person: Person): string {
  const factor = person.factors.find(({ kind }) => kind === 'totp');
  if (factor?.kind !== 'totp') throw new Error(`${person.loginName} has no authenticator app.`);
  return new TOTP({ secret: factor.secret }).generate();
}
