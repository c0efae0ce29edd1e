import { createPublicKey, timingSafeEqual } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { hashToken } from '../store/vault.ts';
import type { OidcApplication, OidcDirectory } from './directory.ts';

/** zitadel.app.v1.OIDCAuthMethodType, OIDCAppType, OIDCGrantType, by number. */
const AUTH_METHOD = ['client_secret_basic', 'client_secret_post', 'none', 'private_key_jwt'] as const;
const APPLICATION_TYPE = ['web', 'web', 'native'] as const;
const GRANT_TYPE: Readonly<Record<number, string>> = { 0: 'authorization_code', 2: 'refresh_token' };

/** The applications as oidc-provider's clients; they live in projects, so nothing is written through here. */
export function applicationClients(directory: OidcDirectory): (rows: Adapter) => Adapter {
  return (rows) => ({
    ...rows,
    async find(clientId) {
      const application = await directory.application(clientId);
      return application && toClientMetadata(application);
    },
  });
}

function toClientMetadata({ config, keys, secretHash }: OidcApplication): AdapterPayload {
  const method = AUTH_METHOD[config.authMethodType] ?? 'client_secret_basic';
  const grantTypes = config.grantTypes.flatMap((type) => GRANT_TYPE[type] ?? []);
  return {
    client_id: config.clientId,
    application_type: APPLICATION_TYPE[config.appType] ?? 'web',
    redirect_uris: [...config.redirectUris],
    post_logout_redirect_uris: [...config.postLogoutRedirectUris],
    response_types: grantTypes.includes('authorization_code') ? ['code'] : [],
    grant_types: grantTypes,
    token_endpoint_auth_method: method,
    // Only a hash is known; the library wants a secret where the method has one, and compares by compareClientSecret.
    ...(secretHash && method.startsWith('client_secret') ? { client_secret: secretHash } : {}),
    ...(method === 'private_key_jwt' ? { jwks: { keys: keys.map(toJwk) } } : {}),
    id_token_signed_response_alg: 'RS256',
  } as AdapterPayload;
}

function toJwk({ keyId, publicKey }: OidcApplication['keys'][number]) {
  return { ...createPublicKey(publicKey).export({ format: 'jwk' }), kid: keyId, use: 'sig', alg: 'RS256' };
}

/** Whether `secret` is the one whose hash is known. */
export function isClientSecret(secret: string, secretHash: string | undefined): boolean {
  if (!secretHash) return false;
  const given = Buffer.from(hashToken(secret));
  const known = Buffer.from(secretHash);
  return given.length === known.length && timingSafeEqual(given, known);
}
