import type { IDToken } from 'openid-client';
import { describe, expect, it } from 'vitest';
import { readIdentity, toTokenSet } from './read-identity.ts';

const claims = { iss: 'https://login.example.com', sub: '1', aud: 'latchkey', iat: 1, exp: 2, auth_time: 100 };

const tokens = { accessToken: 'access', accessFrom: 1000, accessEndsAt: 91_000, refreshToken: 'r', idToken: 'i' };

function answerWith(idToken: Partial<IDToken>) {
  return { tokens, claims: { ...claims, ...idToken } };
}

describe('a sign-in', () => {
  it('is read from the verified ID token', () => {
    expect(readIdentity(answerWith({ sid: 'V1_1', amr: ['pwd', 'mfa'] }))).toEqual({
      subject: '1',
      sid: 'V1_1',
      authTime: 100,
      amr: ['pwd', 'mfa'],
      tokens,
    });
  });

  it('has no session id and no methods where ZITADEL tells none', () => {
    expect(readIdentity(answerWith({}))).toMatchObject({ sid: null, amr: [] });
  });

  it('counts for nothing when nobody checked a credential: there is no auth_time', () => {
    const { auth_time: _, ...without } = claims;
    expect(() => readIdentity({ tokens, claims: without })).toThrow(/auth_time/);
  });

  it('counts for nothing without an ID token', () => {
    expect(() => readIdentity({ tokens, claims: undefined })).toThrow(/no ID token/);
  });
});

it('takes the tokens of an answer, and when they were had', () => {
  const answer = { access_token: 'access', refresh_token: 'r', id_token: 'i', expires_in: 90 };
  expect(toTokenSet(answer, { refreshToken: null, idToken: '' }, 1000)).toEqual(tokens);
});

it('keeps what a refresh leaves out', () => {
  const former = { refreshToken: 'r1', idToken: 'i1' };
  expect(toTokenSet({ access_token: 'a' }, former, 0)).toMatchObject({ refreshToken: 'r1', idToken: 'i1' });
  const renewed = { access_token: 'a', refresh_token: 'r2', id_token: 'i2' };
  expect(toTokenSet(renewed, former, 0)).toMatchObject({ refreshToken: 'r2', idToken: 'i2' });
});
