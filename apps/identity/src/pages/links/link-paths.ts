/** Where ZITADEL's links lead when whoever asked for them names no page of their own. */
export const PASSWORD_LINK = '/ui/login/password/init';
export const PASSKEY_LINK = '/ui/login/login/passwordless/init';

/** Templates of these links, in the form in which the API takes others. @param origin of this server. */
export function linkTemplates(origin: string): { readonly password: string; readonly passkey: string } {
  const person = 'userID={{.UserID}}&orgID={{.OrgID}}';
  return {
    password: `${origin}${PASSWORD_LINK}?${person}&code={{.Code}}`,
    passkey: `${origin}${PASSKEY_LINK}?${person}&codeID={{.CodeID}}&code={{.Code}}`,
  };
}
