/**
 * The recovery code of a session's checks, which the published descriptor has no field for yet; the doors' own has
 * (field 8 of `zitadel.session.v2.Checks`).
 */
export function recoveryCodeOf(checks: object): string | undefined {
  if (!('recoveryCode' in checks)) return undefined;
  const { recoveryCode } = checks;
  if (typeof recoveryCode !== 'object' || recoveryCode === null || !('code' in recoveryCode)) return undefined;
  return String(recoveryCode.code);
}
