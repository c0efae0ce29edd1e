import { OIDC_PATHS } from './paths.ts';

const SIGNING = ['EdDSA', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'];
const ALL_METHODS = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'];
const LANGUAGES = 'ar bg cs de en es fr hu id it ja ko mk nl pl pt ro ru sv tr uk zh'.split(' ');
const CLAIMS = [
  'sub aud exp iat iss auth_time nonce acr amr c_hash at_hash act scopes client_id azp',
  'preferred_username name family_name given_name locale email email_verified phone_number phone_number_verified',
].flatMap((line) => line.split(' '));

/**
 * The discovery document as ZITADEL publishes it, also where it names more than this server offers: implicit flows, the
 * device flow, grants of service accounts. A client that is told the same here and there behaves the same.
 */
export function discoveryDocument(issuer: string): Readonly<Record<string, unknown>> {
  const at = (path: string) => `${issuer}${path}`;
  return {
    issuer,
    authorization_endpoint: at(OIDC_PATHS.authorization),
    token_endpoint: at(OIDC_PATHS.token),
    introspection_endpoint: at(OIDC_PATHS.introspection),
    userinfo_endpoint: at(OIDC_PATHS.userinfo),
    revocation_endpoint: at(OIDC_PATHS.revocation),
    end_session_endpoint: at(OIDC_PATHS.endSession),
    device_authorization_endpoint: at(OIDC_PATHS.deviceAuthorization),
    jwks_uri: at(OIDC_PATHS.jwks),
    scopes_supported: ['openid', 'profile', 'email', 'phone', 'address', 'offline_access'],
    response_types_supported: ['code', 'id_token', 'id_token token'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    grant_types_supported: [
      'authorization_code',
      'implicit',
      'refresh_token',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
      'urn:ietf:params:oauth:grant-type:device_code',
    ],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: SIGNING,
    request_object_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ALL_METHODS,
    token_endpoint_auth_signing_alg_values_supported: ['RS256'],
    revocation_endpoint_auth_methods_supported: ALL_METHODS,
    revocation_endpoint_auth_signing_alg_values_supported: ['RS256'],
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
    introspection_endpoint_auth_signing_alg_values_supported: ['RS256'],
    claims_supported: CLAIMS,
    code_challenge_methods_supported: ['S256'],
    ui_locales_supported: LANGUAGES,
    request_parameter_supported: true,
    request_uri_parameter_supported: false,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
  };
}
