import { type DomainError, invalidArgument } from './errors.ts';

const rule = (id: string, name: string): DomainError =>
  invalidArgument(`DOMAIN-${id}`, `Errors.User.PasswordComplexityPolicy.${name}`);

/**
 * ZITADEL's default rules for passwords: eight bytes, a small and a capital letter, a digit, and a sign.
 *
 * @throws DomainError of the first rule that is broken.
 */
export function checkPasswordComplexity(password: string): void {
  if (new TextEncoder().encode(password).length < 8) throw rule('HuJf6', 'MinLength');
  if (!/[a-z]/.test(password)) throw rule('co3Xw', 'HasLower');
  if (!/[A-Z]/.test(password)) throw rule('VoaRj', 'HasUpper');
  if (!/[0-9]/.test(password)) throw rule('ZBv4H', 'HasNumber');
  if (!/[^A-Za-z0-9]/.test(password)) throw rule('ZDLwA', 'HasSymbol');
}
