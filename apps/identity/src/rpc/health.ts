import { AdminService } from '@zitadel/proto/zitadel/admin_pb.js';
import { AuthService } from '@zitadel/proto/zitadel/auth_pb.js';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { SystemService } from '@zitadel/proto/zitadel/system_pb.js';
import { part, type ServicePart } from './service.ts';

const alive = { healthz: () => ({}) };

/** `/admin/v1/healthz` and the like: whether the service answers at all. No token needed. */
export function healthOfV1(): readonly ServicePart[] {
  return [
    part(AdminService, alive),
    part(AuthService, alive),
    part(ManagementService, alive),
    part(SystemService, alive),
  ];
}
