import type { OidcPerson } from './directory.ts';

/** What the user-info endpoint tells of a person, by the scopes of the access token. */
export function userinfoClaims(person: OidcPerson, scopes: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  return {
    sub: person.id,
    ...(scopes.has('profile') ? profileClaims(person) : {}),
    ...(scopes.has('email') ? { email: person.email, email_verified: person.emailVerified } : {}),
    ...(scopes.has('phone') && person.phone !== undefined
      ? { phone_number: person.phone, phone_number_verified: person.phoneVerified }
      : {}),
  };
}

function profileClaims(person: OidcPerson): Readonly<Record<string, unknown>> {
  return {
    name: person.displayName,
    given_name: person.givenName,
    family_name: person.familyName,
    // ZITADEL names the claim also where it knows no language.
    locale: person.locale ?? null,
    updated_at: Math.floor(person.changedAt / 1000),
    preferred_username: person.loginName,
  };
}
