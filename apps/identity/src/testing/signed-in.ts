import { decodeJwt } from 'jose';
import { createBrowser } from './browser.ts';
import { addPerson, codeOf, signInFully, type TestPerson } from './person.ts';
import type { RelyingParty } from './relying-party.ts';
import type { RunningServer } from './running-server.ts';

/** Somebody who has signed in to an application, and what it was handed. */
export interface SignedIn {
  readonly person: TestPerson;
  readonly application: RelyingParty;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
  readonly sessionId: string;
}

/** Signs somebody new in, in a browser of their own. */
export async function signInTo(
  server: RunningServer,
  application: RelyingParty,
  factors: readonly 'totp'[] = [],
): Promise<SignedIn> {
  const person = await addPerson(server, factors);
  const url = await signInFully(createBrowser(server.origin), application.authorizeUrl(), person);
  const { body } = await application.exchange(codeOf(url));
  const idToken = String(body.id_token);
  return {
    person,
    application,
    accessToken: String(body.access_token),
    refreshToken: String(body.refresh_token),
    idToken,
    sessionId: String(decodeJwt(idToken).sid),
  };
}

/** What an access token still opens. */
export async function reach(server: RunningServer, application: RelyingParty, accessToken: string) {
  const bearer = { headers: { authorization: `Bearer ${accessToken}` } };
  const api = await fetch(`${server.origin}/auth/v1/users/me`, bearer);
  const userinfo = await fetch(`${server.origin}/oidc/v1/userinfo`, bearer);
  const { body } = await application.post('/oauth/v2/introspect', { token: accessToken });
  return { api: api.status, active: body.active, userinfo: userinfo.status };
}

export const ALIVE = { api: 200, active: true, userinfo: 200 };
export const DEAD = { api: 401, active: false, userinfo: 401 };
