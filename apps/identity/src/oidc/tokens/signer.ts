import { createHash } from 'node:crypto';
import { createLocalJWKSet, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';

/** Signs tokens with the server's newest key and knows its own signatures again. */
export interface Signer {
  /** RS256 with `typ: JWT`, as ZITADEL signs ID tokens and logout tokens alike. */
  sign(claims: JWTPayload): Promise<string>;
  /** Reads a token of ours, also an expired one. @returns undefined when the signature or the issuer is not ours. */
  read(token: string): Promise<JWTPayload | undefined>;
}

/** @param keys private RSA keys, newest first. */
export async function createSigner(issuer: string, keys: readonly JWK[]): Promise<Signer> {
  const [newest] = keys;
  if (!newest?.kid) throw new Error('a signing key with a kid is needed');
  const { kid } = newest;
  const key = await importJWK(newest, 'RS256');
  const ours = createLocalJWKSet({
    keys: keys.map(({ kty, n, e, kid, use, alg }) => ({ kty, n, e, kid, use, alg }) as JWK),
  });
  return {
    sign: (claims) =>
      new SignJWT({ ...claims, iss: issuer }).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' }).sign(key),
    async read(token) {
      try {
        const { payload } = await jwtVerify(token, ours, { issuer, algorithms: ['RS256'], currentDate: new Date(0) });
        return payload;
      } catch {
        return undefined;
      }
    },
  };
}

/** `at_hash` of an access token: the left half of its SHA-256 (OpenID Connect Core 3.1.3.6). */
export function accessTokenHash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
}
