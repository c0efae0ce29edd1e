/** What ZITADEL keeps of an OIDC application; enums are its v1 numbers (`zitadel.app.v1`). */
export interface OidcConfiguration {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly responseTypes: readonly number[];
  readonly grantTypes: readonly number[];
  readonly appType: number;
  readonly authMethodType: number;
  readonly accessTokenType: number;
  readonly devMode: boolean;
  readonly backChannelLogoutUri: string;
  readonly accessTokenRoleAssertion: boolean;
  readonly idTokenRoleAssertion: boolean;
  readonly idTokenUserinfoAssertion: boolean;
  readonly additionalOrigins: readonly string[];
  /** Seconds. */
  readonly clockSkew: number;
  readonly skipNativeAppSuccessPage: boolean;
}
