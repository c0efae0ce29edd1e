import type { IDToken } from 'openid-client';
import { describe, expect, it } from 'vitest';
import { readIdentity, toTokenSet } from './read-identity.ts';

const claims = { iss: 'https://login.example.com', sub: '1', aud: 'latchkey', iat: 1, exp: 2, auth_time: 100 };

function answerWith(
  idToken: Partial<IDToken> | undefined,
  tokens: { refresh_token?: string; id_token?: string; expires_in?: number } = {},
) {
  return {
    access_token: 'access',
    ...tokens,
    claims: () => (idToken === undefined ? undefined : { ...claims, ...idToken }),
  };
}

describe('a sign-in', () => {
  it('is read from the verified ID token', () => {
    const answer = answerWith(
      { sid: 'V1_1', amr: ['pwd', 'mfa'] },
      { refresh_token: 'r', id_token: 'i', expires_in: 90 },
    );
    expect(readIdentity(answer, 1000)).toEqual({
      subject: '1',
      sid: 'V1_1',
      authTime: 100,
      amr: ['pwd', 'mfa'],
      tokens: { accessToken: 'access', accessFrom: 1000, accessEndsAt: 91_000, refreshToken: 'r', idToken: 'i' },
    });
  });

  it('has no session id and no methods where ZITADEL tells none', () => {
    expect(readIdentity(answerWith({}), 0)).toMatchObject({ sid: null, amr: [] });
  });

  it('counts for nothing when nobody checked a credential: there is no auth_time', () => {
    const { auth_time: _, ...without } = claims;
    expect(() => readIdentity({ ...answerWith({}), claims: () => without }, 0)).toThrow(/auth_time/);
  });

  it('counts for nothing without an ID token', () => {
    expect(() => readIdentity(answerWith(undefined), 0)).toThrow(/no ID token/);
  });
});

it('keeps what a refresh leaves out', () => {
  const former = { refreshToken: 'r1', idToken: 'i1' };
  expect(toTokenSet(answerWith(undefined), former, 0)).toMatchObject({ refreshToken: 'r1', idToken: 'i1' });
  const renewed = answerWith(undefined, { refresh_token: 'r2', id_token: 'i2' });
  expect(toTokenSet(renewed, former, 0)).toMatchObject({ refreshToken: 'r2', idToken: 'i2' });
});
