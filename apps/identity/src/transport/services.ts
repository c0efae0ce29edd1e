import {
  createRegistry,
  type DescMethod,
  type DescService,
  getOption,
  hasOption,
  type Registry,
} from '@bufbuild/protobuf';
import { ActionService } from '@zitadel/proto/zitadel/action/v2beta/action_service_pb.js';
import { AdminService } from '@zitadel/proto/zitadel/admin_pb.js';
import { TelemetryService } from '@zitadel/proto/zitadel/analytics/v2beta/telemetry_service_pb.js';
import { AppService } from '@zitadel/proto/zitadel/app/v2beta/app_service_pb.js';
import { AuthService } from '@zitadel/proto/zitadel/auth_pb.js';
import { AuthorizationService } from '@zitadel/proto/zitadel/authorization/v2beta/authorization_service_pb.js';
import { FeatureService } from '@zitadel/proto/zitadel/feature/v2/feature_service_pb.js';
import { FeatureService as FeatureServiceBeta } from '@zitadel/proto/zitadel/feature/v2beta/feature_service_pb.js';
import { IdentityProviderService } from '@zitadel/proto/zitadel/idp/v2/idp_service_pb.js';
import { InstanceService } from '@zitadel/proto/zitadel/instance/v2beta/instance_service_pb.js';
import { InternalPermissionService } from '@zitadel/proto/zitadel/internal_permission/v2beta/internal_permission_service_pb.js';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { CredentialsCheckErrorSchema, ErrorDetailSchema } from '@zitadel/proto/zitadel/message_pb.js';
import { OIDCService } from '@zitadel/proto/zitadel/oidc/v2/oidc_service_pb.js';
import { OIDCService as OIDCServiceBeta } from '@zitadel/proto/zitadel/oidc/v2beta/oidc_service_pb.js';
import { OrganizationService } from '@zitadel/proto/zitadel/org/v2/org_service_pb.js';
import { OrganizationService as OrganizationServiceBeta } from '@zitadel/proto/zitadel/org/v2beta/org_service_pb.js';
import { ProjectService } from '@zitadel/proto/zitadel/project/v2beta/project_service_pb.js';
import { options as v2Options } from '@zitadel/proto/zitadel/protoc_gen_zitadel/v2/options_pb.js';
import { SAMLService } from '@zitadel/proto/zitadel/saml/v2/saml_service_pb.js';
import { SessionService } from '@zitadel/proto/zitadel/session/v2/session_service_pb.js';
import { SessionService as SessionServiceBeta } from '@zitadel/proto/zitadel/session/v2beta/session_service_pb.js';
import { SettingsService } from '@zitadel/proto/zitadel/settings/v2/settings_service_pb.js';
import { SettingsService as SettingsServiceBeta } from '@zitadel/proto/zitadel/settings/v2beta/settings_service_pb.js';
import { SystemService } from '@zitadel/proto/zitadel/system_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { UserService as UserServiceBeta } from '@zitadel/proto/zitadel/user/v2beta/user_service_pb.js';
import { WebKeyService } from '@zitadel/proto/zitadel/webkey/v2/webkey_service_pb.js';
import { WebKeyService as WebKeyServiceBeta } from '@zitadel/proto/zitadel/webkey/v2beta/webkey_service_pb.js';
import { withAdditions } from './newer/with-additions.ts';

/** Where ZITADEL mounts its v1 services; their descriptors have no prefix. Everything else brings its whole path. */
const V1_PREFIX: Readonly<Record<string, string>> = {
  [ManagementService.typeName]: '/management/v1',
  [AdminService.typeName]: '/admin/v1',
  [AuthService.typeName]: '/auth/v1',
  [SystemService.typeName]: '/system/v1',
};

/** As ZITADEL publishes them: what a client has that was built from the package. */
export const PUBLISHED: readonly DescService[] = [
  ...[ManagementService, AdminService, AuthService, SystemService],
  ...[UserServiceBeta, UserService, SessionServiceBeta, SessionService, SettingsServiceBeta, SettingsService],
  ...[OrganizationServiceBeta, OrganizationService, FeatureServiceBeta, FeatureService, IdentityProviderService],
  ...[OIDCServiceBeta, OIDCService, SAMLService, WebKeyServiceBeta, WebKeyService, InstanceService, ProjectService],
  ...[AppService, AuthorizationService, InternalPermissionService, ActionService, TelemetryService],
];

/** Every service, ours or not (the others answer UNIMPLEMENTED), with what is newer than the published descriptors. */
export const SERVICES: readonly DescService[] = withAdditions(PUBLISHED);

/** Types of error details. */
export const REGISTRY: Registry = createRegistry(ErrorDetailSchema, CredentialsCheckErrorSchema);

/** v1 services speak REST, gRPC and gRPC-web; the others Connect too. */
export function isV1(service: DescService): boolean {
  return Object.hasOwn(V1_PREFIX, service.typeName);
}

/** Administrators have rules for REST, but ZITADEL has no gateway for them. */
export function hasRest(service: DescService): boolean {
  return service.typeName !== InternalPermissionService.typeName;
}

export function prefixOf(service: DescService): string {
  return V1_PREFIX[service.typeName] ?? '';
}

/** Whether a path is below a v1 service's prefix: nothing else is ever looked for there. */
export function isBelowV1(path: string): boolean {
  return Object.values(V1_PREFIX).some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}

/** The HTTP status a v2 method's option asks for; 200 for all others. */
export function successStatus(method: DescMethod): number {
  return (hasOption(method, v2Options) && getOption(method, v2Options).httpResponse?.successCode) || 200;
}

/** v1 answers are not to be kept by anyone; v2's say nothing about it. */
export function answerHeaders(method: DescMethod): Readonly<Record<string, string>> {
  if (!isV1(method.parent)) return {};
  return { 'cache-control': 'no-store', expires: new Date().toUTCString(), pragma: 'no-cache' };
}
