import { create } from '@bufbuild/protobuf';
import { durationFromMs, durationMs, timestampFromMs } from '@bufbuild/protobuf/wkt';
import { type App, AppSchema, AppState, type OIDCConfig, OIDCConfigSchema } from '@zitadel/proto/zitadel/app_pb.js';
import { type Key, KeySchema, KeyType } from '@zitadel/proto/zitadel/auth_n_key_pb.js';
import type { AddOIDCAppRequest, UpdateOIDCAppConfigRequest } from '@zitadel/proto/zitadel/management_pb.js';
import { type LocalizedMessage, LocalizedMessageSchema } from '@zitadel/proto/zitadel/message_pb.js';
import { type Project, ProjectSchema, ProjectState } from '@zitadel/proto/zitadel/project_pb.js';
import type { OidcConfiguration } from '../../domain/application.ts';
import { allowedOrigins, complianceProblems } from '../../domain/oidc-compliance.ts';
import type { ApplicationKeyTable, ApplicationTable, ProjectTable } from '../../store/application-tables.ts';
import { english } from '../errors/translate.ts';
import { rowDetailsV1 } from './details.ts';

export function toProjectV1(row: ProjectTable): Project {
  return create(ProjectSchema, {
    id: row.id,
    details: rowDetailsV1(row, row.organisation_id),
    name: row.name,
    state: row.state === 'active' ? ProjectState.ACTIVE : ProjectState.INACTIVE,
  });
}

export function toApplicationV1(row: ApplicationTable): App {
  return create(AppSchema, {
    id: row.id,
    details: rowDetailsV1(row, row.organisation_id),
    state: row.state === 'active' ? AppState.ACTIVE : AppState.INACTIVE,
    name: row.name,
    config: row.configuration
      ? { case: 'oidcConfig', value: toOidcConfig(JSON.parse(row.configuration) as OidcConfiguration) }
      : { case: undefined },
  });
}

export function toKeyV1(row: ApplicationKeyTable, resourceOwner: string): Key {
  return create(KeySchema, {
    id: row.id,
    details: rowDetailsV1(row, resourceOwner),
    type: KeyType.JSON,
    expirationDate: timestampFromMs(row.expires_at),
  });
}

/** What an application's configuration is asked to be; a list that is empty counts as that of a new application does. */
export function fromOidcRequest(
  request: AddOIDCAppRequest | UpdateOIDCAppConfigRequest,
): Omit<OidcConfiguration, 'clientId'> {
  return {
    redirectUris: request.redirectUris,
    postLogoutRedirectUris: request.postLogoutRedirectUris,
    responseTypes: request.responseTypes.length > 0 ? request.responseTypes : [0],
    grantTypes: request.grantTypes.length > 0 ? request.grantTypes : [0],
    appType: request.appType,
    authMethodType: request.authMethodType,
    accessTokenType: request.accessTokenType,
    devMode: request.devMode,
    backChannelLogoutUri: request.backChannelLogoutUri,
    accessTokenRoleAssertion: request.accessTokenRoleAssertion,
    idTokenRoleAssertion: request.idTokenRoleAssertion,
    idTokenUserinfoAssertion: request.idTokenUserinfoAssertion,
    additionalOrigins: request.additionalOrigins,
    clockSkew: request.clockSkew ? durationMs(request.clockSkew) / 1000 : 0,
    skipNativeAppSuccessPage: request.skipNativeAppSuccessPage,
  };
}

export function toComplianceMessages(configuration: Parameters<typeof complianceProblems>[0]): LocalizedMessage[] {
  return complianceProblems(configuration).map((key) =>
    create(LocalizedMessageSchema, { key, localizedMessage: english(key) }),
  );
}

function toOidcConfig(configuration: OidcConfiguration): OIDCConfig {
  const problems = toComplianceMessages(configuration);
  return create(OIDCConfigSchema, {
    redirectUris: [...configuration.redirectUris],
    responseTypes: [...configuration.responseTypes],
    grantTypes: [...configuration.grantTypes],
    appType: configuration.appType,
    clientId: configuration.clientId,
    authMethodType: configuration.authMethodType,
    postLogoutRedirectUris: [...configuration.postLogoutRedirectUris],
    noneCompliant: problems.length > 0,
    complianceProblems: problems,
    devMode: configuration.devMode,
    accessTokenType: configuration.accessTokenType,
    accessTokenRoleAssertion: configuration.accessTokenRoleAssertion,
    idTokenRoleAssertion: configuration.idTokenRoleAssertion,
    idTokenUserinfoAssertion: configuration.idTokenUserinfoAssertion,
    clockSkew: durationFromMs(configuration.clockSkew * 1000),
    additionalOrigins: [...configuration.additionalOrigins],
    allowedOrigins: allowedOrigins(configuration),
    skipNativeAppSuccessPage: configuration.skipNativeAppSuccessPage,
    backChannelLogoutUri: configuration.backChannelLogoutUri,
  });
}
