import type { DescService } from '@bufbuild/protobuf';
import { type Client, createClient, type Transport } from '@connectrpc/connect';
import { createRestTransport } from '@latchkey/transcoding/rest-transport';
import { AuthService } from '@zitadel/proto/zitadel/auth_pb.js';
import { InternalPermissionService } from '@zitadel/proto/zitadel/internal_permission/v2beta/internal_permission_service_pb.js';
import { OrganizationService } from '@zitadel/proto/zitadel/org/v2/org_service_pb.js';
import { SessionService } from '@zitadel/proto/zitadel/session/v2/session_service_pb.js';
import { systemClock } from '../clock.ts';
import { traceCalls } from '../tracing/trace-calls.ts';
import { callerHeaders } from './caller.ts';
import { AdminService, ManagementService, UserService } from './newer-api.ts';
import { createCircuit } from './upstream/circuit-breaker.ts';
import { createConnectTransport } from './upstream/connect-transport.ts';
import { isRead, retryReads } from './upstream/retry-reads.ts';
import { createUpstreamFetch } from './upstream/upstream-fetch.ts';

/** ZITADEL's services as Latchkey uses them. Every method takes an `AsCaller` as its last argument. */
export interface Zitadel {
  readonly users: Client<typeof UserService>;
  readonly sessions: Client<typeof SessionService>;
  readonly organisations: Client<typeof OrganizationService>;
  readonly management: Client<typeof ManagementService>;
  readonly admin: Client<typeof AdminService>;
  readonly auth: Client<typeof AuthService>;
  /** Has no REST, and is for reading only. An older ZITADEL has it not: see `isMissingRoute`. */
  readonly administrators: Pick<Client<typeof InternalPermissionService>, 'listAdministrators'>;
}

export interface ZitadelOptions {
  /** Where the API is: an origin. */
  readonly apiUrl: string;
  /** The Host header it wants, if not its own. */
  readonly apiHost?: string | undefined;
  readonly connectTimeoutMs?: number;
  readonly totalTimeoutMs?: number;
}

/** Makes the clients, once for the process: they hold connections but nobody's token. */
export function createZitadel(options: ZitadelOptions): Zitadel {
  const { apiUrl, apiHost: host, ...limits } = options;
  const guard = createCircuit(systemClock);
  const toServer = (keepAlive: boolean) => guard(createUpstreamFetch({ origin: apiUrl, host, keepAlive, ...limits }));
  const interceptors = [traceCalls, callerHeaders, retryReads];
  const over = (fetch: typeof globalThis.fetch): Transport =>
    createRestTransport({ baseUrl: apiUrl, prefixOf, fetch, interceptors });
  const reading = toServer(true);
  const reads = over(reading);
  const changes = over(toServer(false));
  const transport: Transport = {
    unary: (method, ...call) => (isRead(method.name) ? reads : changes).unary(method, ...call),
    stream: (method, ...call) => reads.stream(method, ...call),
  };
  return {
    users: createClient(UserService, transport),
    sessions: createClient(SessionService, transport),
    organisations: createClient(OrganizationService, transport),
    management: createClient(ManagementService, transport),
    admin: createClient(AdminService, transport),
    auth: createClient(AuthService, transport),
    administrators: createClient(
      InternalPermissionService,
      createConnectTransport({ baseUrl: apiUrl, fetch: reading, interceptors }),
    ),
  };
}

/** Where v1's paths begin; its descriptors do not say it. */
function prefixOf(service: DescService): string {
  switch (service.typeName) {
    case ManagementService.typeName:
      return '/management/v1';
    case AdminService.typeName:
      return '/admin/v1';
    case AuthService.typeName:
      return '/auth/v1';
    default:
      return '';
  }
}
