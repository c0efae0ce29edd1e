import type { OidcConfiguration } from './application.ts';

type Judged = Pick<OidcConfiguration, 'appType' | 'authMethodType' | 'grantTypes' | 'redirectUris'>;

const GRANT = { code: 0, implicit: 1, refresh: 2, device: 3 } as const;
const APP = { web: 0, userAgent: 1, native: 2 } as const;
const AUTH_NONE = 2;

const NOT_COMPLIANT = 'Application.OIDC.V1.NotCompliant';

/**
 * What ZITADEL calls unwise in an application's configuration, as keys of texts; it accepts the application all the same. The first key
 * says only that there are others, and comes a second time for native and user-agent applications, as recorded.
 */
export function complianceProblems(configuration: Judged): readonly string[] {
  const soFar = [...grantProblems(configuration), ...redirectProblems(configuration)];
  const all = configuration.appType === APP.web ? soFar : withHeading([...soFar, ...authMethodProblems(configuration)]);
  return withHeading(all);
}

function withHeading(problems: readonly string[]): readonly string[] {
  return problems.length === 0 ? problems : [NOT_COMPLIANT, ...problems];
}

function grantProblems({ grantTypes }: Judged): string[] {
  const lost = grantTypes.includes(GRANT.refresh) && !grantTypes.includes(GRANT.code);
  return lost ? ['Application.OIDC.V1.GrantType.Refresh.NoAuthCode'] : [];
}

function redirectProblems({ appType, grantTypes, redirectUris }: Judged): string[] {
  const needsRedirect = grantTypes.includes(GRANT.code) || !grantTypes.includes(GRANT.device);
  if (redirectUris.length === 0) return needsRedirect ? ['Application.OIDC.V1.NoRedirectUris'] : [];
  const isCustom = redirectUris.some((uri) => !/^https?:\/\//.test(uri));
  const isHttp = redirectUris.some((uri) => uri.startsWith('http://'));
  const problems: string[] = [];
  if (isCustom && grantTypes.includes(GRANT.implicit)) {
    problems.push('Application.OIDC.V1.Implicit.RedirectUris.CustomNotAllowed');
  } else if (isCustom && appType !== APP.native) {
    problems.push('Application.OIDC.V1.Code.RedirectUris.CustomOnlyForNative');
  }
  if (isHttp && (appType === APP.userAgent || (appType === APP.web && grantTypes.includes(GRANT.implicit)))) {
    problems.push('Application.OIDC.V1.Code.RedirectUris.HttpOnlyForWeb');
  }
  if (isHttp && appType === APP.native && !redirectUris.every(isLoopbackOrNotHttp)) {
    problems.push('Application.OIDC.V1.Native.RedirectUris.MustBeHttpLocalhost');
  }
  return problems;
}

function authMethodProblems({ appType, authMethodType }: Judged): string[] {
  if (authMethodType === AUTH_NONE) return [];
  return [`Application.OIDC.V1.${appType === APP.native ? 'Native' : 'UserAgent'}.AuthMethodType.NotNone`];
}

function isLoopbackOrNotHttp(uri: string): boolean {
  return !uri.startsWith('http://') || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/.test(uri);
}

/** Whether an address leads back to the machine the server runs on: ZITADEL calls none of those. */
export function isBlockedTarget(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const host = new URL(uri).hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host.endsWith('.localhost') || /^(127\.|0\.0\.0\.0$|::1$|::$)/.test(host);
}

/** Origins from which a browser may ask with this application's tokens: of its redirect URIs, and those named besides. */
export function allowedOrigins({
  redirectUris,
  additionalOrigins,
}: Pick<OidcConfiguration, 'redirectUris' | 'additionalOrigins'>): string[] {
  const origins = redirectUris
    .filter((uri) => /^https?:\/\//.test(uri) && URL.canParse(uri))
    .map((uri) => new URL(uri).origin);
  return [...new Set([...origins, ...additionalOrigins])];
}
