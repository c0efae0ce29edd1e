import type { MessageInitShape } from '@bufbuild/protobuf';
import { ConnectError } from '@connectrpc/connect';
import {
  type App,
  OIDCAppType,
  OIDCAuthMethodType,
  type OIDCConfig,
  OIDCGrantType,
  OIDCResponseType,
  OIDCTokenType,
} from '@zitadel/proto/zitadel/app_pb.js';
import type { AddOIDCAppRequestSchema } from '@zitadel/proto/zitadel/management_pb.js';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { readUntil } from '../read/read-until.ts';
import { isNotFound, isTaken } from './projects.ts';

/** What Latchkey wants of its application at ZITADEL; everything else is as ZITADEL or its operator has it. */
export interface WantedApplication {
  readonly redirectUri: string;
  readonly postLogoutUri: string;
  /** Undefined where ZITADEL does not take it. */
  readonly backChannelUri: string | undefined;
}

export interface WebApplication {
  readonly id: string;
  readonly clientId: string;
  /** What is not as it was wanted, in an operator's words; empty when all is. */
  readonly differences: readonly string[];
  readonly config: OIDCConfig;
}

/** @returns the application of this name, if there is one. @throws ConnectError */
export async function findApplication(
  { management }: Zitadel,
  caller: AsCaller,
  place: { readonly projectId: string; readonly name: string },
  wanted: WantedApplication,
): Promise<WebApplication | undefined> {
  const { result } = await management.listApps({ projectId: place.projectId, query: { limit: 1000 } }, caller);
  const application = result.find(({ name }) => name === place.name);
  return application && toWebApplication(application, wanted);
}

/** How many applications a project has. @throws ConnectError */
export async function countApplications({ management }: Zitadel, caller: AsCaller, projectId: string): Promise<number> {
  return (await management.listApps({ projectId, query: { limit: 1000 } }, caller)).result.length;
}

/**
 * Makes the application: code and refresh grant, client authentication by a signed assertion, opaque access tokens.
 * One that exists after all, because the read side had not heard of it yet, counts as made.
 *
 * @throws ConnectError; `isBackChannelRefused` tells a refusal of the back-channel address.
 */
export async function addApplication(
  zitadel: Zitadel,
  caller: AsCaller,
  place: { readonly projectId: string; readonly name: string },
  wanted: WantedApplication,
): Promise<{ readonly id: string; readonly clientId: string }> {
  try {
    const { appId, clientId } = await zitadel.management.addOIDCApp({ ...place, ...toRequest(wanted) }, caller);
    return { id: appId, clientId };
  } catch (error) {
    const find = () => findApplication(zitadel, caller, place, wanted);
    const there = isTaken(error) ? await readUntil(find, Boolean) : undefined;
    if (there) return there;
    throw error;
  }
}

/** Puts an application right; what Latchkey has no wish for stays as it is. @throws ConnectError */
export async function correctApplication(
  { management }: Zitadel,
  caller: AsCaller,
  projectId: string,
  { id: appId, config }: WebApplication,
  wanted: WantedApplication,
): Promise<void> {
  const { devMode, accessTokenRoleAssertion, idTokenRoleAssertion, idTokenUserinfoAssertion } = config;
  const { additionalOrigins, skipNativeAppSuccessPage, clockSkew, loginVersion } = config;
  const kept = { devMode, accessTokenRoleAssertion, idTokenRoleAssertion, idTokenUserinfoAssertion };
  const rest = { additionalOrigins, skipNativeAppSuccessPage };
  const optional = { ...(clockSkew && { clockSkew }), ...(loginVersion && { loginVersion }) };
  await management.updateOIDCAppConfig(
    { projectId, appId, ...kept, ...rest, ...optional, ...toRequest(wanted) },
    caller,
  );
}

/** Removes an application with its keys. @returns false when it was gone already. @throws ConnectError */
export async function removeApplication(
  { management }: Zitadel,
  caller: AsCaller,
  projectId: string,
  appId: string,
): Promise<boolean> {
  try {
    await management.removeApp({ projectId, appId }, caller);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** ZITADEL sends nothing to names that resolve to loopback or private addresses, and refuses them as an address. */
export function isBackChannelRefused(error: unknown): boolean {
  return error instanceof ConnectError && error.rawMessage.includes('BackchannelLogoutURL');
}

function toRequest({ redirectUri, postLogoutUri, backChannelUri }: WantedApplication) {
  return {
    redirectUris: [redirectUri],
    responseTypes: [OIDCResponseType.OIDC_RESPONSE_TYPE_CODE],
    grantTypes: [OIDCGrantType.OIDC_GRANT_TYPE_AUTHORIZATION_CODE, OIDCGrantType.OIDC_GRANT_TYPE_REFRESH_TOKEN],
    appType: OIDCAppType.OIDC_APP_TYPE_WEB,
    authMethodType: OIDCAuthMethodType.OIDC_AUTH_METHOD_TYPE_PRIVATE_KEY_JWT,
    postLogoutRedirectUris: [postLogoutUri],
    accessTokenType: OIDCTokenType.OIDC_TOKEN_TYPE_BEARER,
    backChannelLogoutUri: backChannelUri ?? '',
  } satisfies MessageInitShape<typeof AddOIDCAppRequestSchema>;
}

function toWebApplication({ id, config }: App, wanted: WantedApplication): WebApplication | undefined {
  if (config.case !== 'oidcConfig') return undefined;
  return {
    id,
    clientId: config.value.clientId,
    differences: findDifferences(config.value, wanted),
    config: config.value,
  };
}

function findDifferences(config: OIDCConfig, wanted: WantedApplication): string[] {
  const request = toRequest(wanted);
  const checks: readonly (readonly [boolean, string])[] = [
    [sameMembers(config.redirectUris, request.redirectUris), 'redirect address'],
    [sameMembers(config.postLogoutRedirectUris, request.postLogoutRedirectUris), 'post-logout address'],
    [sameMembers(config.responseTypes, request.responseTypes), 'response types'],
    [sameMembers(config.grantTypes, request.grantTypes), 'grant types'],
    [config.appType === request.appType, 'application type'],
    [config.authMethodType === request.authMethodType, 'client authentication'],
    [config.accessTokenType === request.accessTokenType, 'access token type'],
    [config.backChannelLogoutUri === request.backChannelLogoutUri, 'back-channel logout address'],
  ];
  return checks.filter(([same]) => !same).map(([, name]) => name);
}

function sameMembers<Value>(some: readonly Value[], others: readonly Value[]): boolean {
  return some.length === others.length && some.every((value) => others.includes(value));
}
