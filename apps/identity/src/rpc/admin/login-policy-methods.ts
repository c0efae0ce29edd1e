import { AdminService } from '@zitadel/proto/zitadel/admin_pb.js';
import { MultiFactorType } from '@zitadel/proto/zitadel/policy_pb.js';
import { changeLoginPolicy } from '../../commands/policies/login-policy.ts';
import {
  addMultiFactor,
  addSecondFactor,
  removeMultiFactor,
  removeSecondFactor,
} from '../../commands/policies/login-policy-factors.ts';
import { invalidArgument } from '../../domain/errors.ts';
import type { SecondFactor } from '../../domain/login-policy.ts';
import { loadLoginPolicy } from '../../store/login-policy-queries.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext } from '../access/api-caller.ts';
import { addedV1, changedV1, listV1 } from '../convert/details.ts';
import {
  fromPolicyRequest,
  fromSecondFactorType,
  toLoginPolicyV1,
  toSecondFactorType,
} from '../convert/login-policy-v1.ts';
import { part } from '../service.ts';

const owner = { level: 'instance' } as const;

/** The instance's login policy, v1. */
export function adminLoginPolicy(store: Store) {
  return part(AdminService, {
    async getLoginPolicy() {
      return { policy: toLoginPolicyV1(await loadLoginPolicy(store.db)) };
    },

    async updateLoginPolicy(request, context) {
      const input = { owner, rules: fromPolicyRequest(request) };
      return { details: changedV1(await changeLoginPolicy(commandContext(store, context), input)) };
    },

    async listLoginPolicySecondFactors() {
      const { secondFactors } = await loadLoginPolicy(store.db);
      return { details: listV1(secondFactors.length), result: secondFactors.map(toSecondFactorType) };
    },

    async addSecondFactorToLoginPolicy({ type }, context) {
      const input = { owner, factor: requireSecondFactor(type) };
      return { details: addedV1(await addSecondFactor(commandContext(store, context), input)) };
    },

    async removeSecondFactorFromLoginPolicy({ type }, context) {
      const input = { owner, factor: requireSecondFactor(type) };
      return { details: changedV1(await removeSecondFactor(commandContext(store, context), input)) };
    },

    async listLoginPolicyMultiFactors() {
      const { multiFactors } = await loadLoginPolicy(store.db);
      return {
        details: listV1(multiFactors.length),
        result: multiFactors.map(() => MultiFactorType.U2F_WITH_VERIFICATION),
      };
    },

    async addMultiFactorToLoginPolicy(_request, context) {
      return { details: addedV1(await addMultiFactor(commandContext(store, context), { owner })) };
    },

    async removeMultiFactorFromLoginPolicy(_request, context) {
      return { details: changedV1(await removeMultiFactor(commandContext(store, context), { owner })) };
    },
  });
}

/** Validation refuses others before. @throws DomainError INSTANCE-55n8s. */
function requireSecondFactor(type: number): SecondFactor {
  const factor = fromSecondFactorType(type);
  if (!factor) throw invalidArgument('INSTANCE-55n8s', 'Errors.Instance.LoginPolicy.MFA.Unspecified');
  return factor;
}
