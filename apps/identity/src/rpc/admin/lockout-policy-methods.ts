import { AdminService } from '@zitadel/proto/zitadel/admin_pb.js';
import { changeLockoutPolicy } from '../../commands/policies/lockout-policy.ts';
import { loadInstance } from '../../store/load.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext } from '../access/api-caller.ts';
import { changedV1, rowDetailsV1 } from '../convert/details.ts';
import { part } from '../service.ts';

/** When failures lock a person, v1. */
export function adminLockoutPolicy(store: Store) {
  return part(AdminService, {
    async getLockoutPolicy() {
      const instance = await loadInstance(store.db);
      return {
        policy: {
          details: rowDetailsV1(instance, instance.id),
          maxPasswordAttempts: BigInt(instance.max_password_attempts),
          maxOtpAttempts: BigInt(instance.max_code_attempts),
          isDefault: true,
        },
      };
    },

    async updateLockoutPolicy({ maxPasswordAttempts, maxOtpAttempts }, context) {
      const input = { maxPasswordAttempts, maxOTPAttempts: maxOtpAttempts };
      return { details: changedV1(await changeLockoutPolicy(commandContext(store, context), input)) };
    },
  });
}
