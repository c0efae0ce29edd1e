import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { MultiFactorType } from '@zitadel/proto/zitadel/policy_pb.js';
import { addLoginPolicy, changeLoginPolicy, resetLoginPolicy } from '../../commands/policies/login-policy.ts';
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
import { commandContext, contextOrganisation } from '../access/api-caller.ts';
import { addedV1, changedV1, listV1 } from '../convert/details.ts';
import {
  fromPolicyRequest,
  fromSecondFactorType,
  toLoginPolicyV1,
  toSecondFactorType,
} from '../convert/login-policy-v1.ts';
import { part } from '../service.ts';

/** The login policy of the context's organisation, v1: its own, or the instance's which it inherits. */
export function managementLoginPolicy(store: Store) {
  const ownerOf = (context: Parameters<typeof contextOrganisation>[0]) =>
    ({ level: 'organisation', id: contextOrganisation(context) }) as const;
  return part(ManagementService, {
    async getLoginPolicy(_request, context) {
      const policy = await loadLoginPolicy(store.db, contextOrganisation(context));
      return { policy: toLoginPolicyV1(policy), isDefault: policy.isDefault };
    },

    async getDefaultLoginPolicy() {
      return { policy: toLoginPolicyV1(await loadLoginPolicy(store.db)) };
    },

    async addCustomLoginPolicy(request, context) {
      const details = await addLoginPolicy(commandContext(store, context), {
        organisationId: contextOrganisation(context),
        rules: fromPolicyRequest(request),
        secondFactors: request.secondFactors.map(requireSecondFactor),
        multiFactors: request.multiFactors.length > 0 ? ['u2fWithVerification'] : [],
      });
      return { details: addedV1(details) };
    },

    async updateCustomLoginPolicy(request, context) {
      const input = { owner: ownerOf(context), rules: fromPolicyRequest(request) };
      return { details: changedV1(await changeLoginPolicy(commandContext(store, context), input)) };
    },

    async resetLoginPolicyToDefault(_request, context) {
      const input = { organisationId: contextOrganisation(context) };
      return { details: changedV1(await resetLoginPolicy(commandContext(store, context), input)) };
    },

    async listLoginPolicySecondFactors(_request, context) {
      const { secondFactors } = await loadLoginPolicy(store.db, contextOrganisation(context));
      return { details: listV1(secondFactors.length), result: secondFactors.map(toSecondFactorType) };
    },

    async addSecondFactorToLoginPolicy({ type }, context) {
      const input = { owner: ownerOf(context), factor: requireSecondFactor(type) };
      return { details: addedV1(await addSecondFactor(commandContext(store, context), input)) };
    },

    async removeSecondFactorFromLoginPolicy({ type }, context) {
      const input = { owner: ownerOf(context), factor: requireSecondFactor(type) };
      return { details: changedV1(await removeSecondFactor(commandContext(store, context), input)) };
    },

    async listLoginPolicyMultiFactors(_request, context) {
      const { multiFactors } = await loadLoginPolicy(store.db, contextOrganisation(context));
      return {
        details: listV1(multiFactors.length),
        result: multiFactors.map(() => MultiFactorType.U2F_WITH_VERIFICATION),
      };
    },

    async addMultiFactorToLoginPolicy(_request, context) {
      const input = { owner: ownerOf(context) };
      return { details: addedV1(await addMultiFactor(commandContext(store, context), input)) };
    },

    async removeMultiFactorFromLoginPolicy(_request, context) {
      const input = { owner: ownerOf(context) };
      return { details: changedV1(await removeMultiFactor(commandContext(store, context), input)) };
    },
  });
}

/** Validation refuses others before. @throws DomainError Org-55n8s. */
function requireSecondFactor(type: number): SecondFactor {
  const factor = fromSecondFactorType(type);
  if (!factor) throw invalidArgument('Org-55n8s', 'Errors.Org.LoginPolicy.MFA.Unspecified');
  return factor;
}
