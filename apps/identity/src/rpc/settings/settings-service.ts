import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type LoginSettingsSchema,
  MultiFactorType,
  PasskeysType,
  type SecondFactorType,
} from '@zitadel/proto/zitadel/settings/v2/login_settings_pb.js';
import { ResourceOwnerType } from '@zitadel/proto/zitadel/settings/v2/settings_pb.js';
import { SettingsService } from '@zitadel/proto/zitadel/settings/v2/settings_service_pb.js';
import { SECOND_FACTOR_NUMBER } from '../../domain/login-policy.ts';
import { loadInstance } from '../../store/load.ts';
import { type LoginPolicy, loadLoginPolicy } from '../../store/login-policy-queries.ts';
import type { Store } from '../../store/open-store.ts';
import { contextOrganisation } from '../access/api-caller.ts';
import { rowDetailsV2 } from '../convert/details.ts';
import { duration } from '../convert/login-policy-v1.ts';
import { part } from '../service.ts';

/** Policies as v2 reads them. */
export function settingsService(store: Store) {
  return part(SettingsService, {
    async getLoginSettings({ ctx }, context) {
      const { resourceOwner } = ctx ?? {};
      const organisationId =
        resourceOwner?.case === 'instance'
          ? undefined
          : resourceOwner?.case === 'orgId'
            ? resourceOwner.value
            : contextOrganisation(context);
      const policy = await loadLoginPolicy(store.db, organisationId);
      const { sequence, createdAt, changedAt } = policy;
      return {
        details: rowDetailsV2({ sequence, created_at: createdAt, changed_at: changedAt }, policy.ownerId),
        settings: toLoginSettings(policy),
      };
    },

    async getLockoutSettings() {
      const instance = await loadInstance(store.db);
      return {
        details: rowDetailsV2(instance, instance.id),
        settings: {
          maxPasswordAttempts: BigInt(instance.max_password_attempts),
          maxOtpAttempts: BigInt(instance.max_code_attempts),
          resourceOwnerType: ResourceOwnerType.INSTANCE,
        },
      };
    },
  });
}

/** A plain object: `allowLocalAuthentication` is newer than the published descriptor, and the doors' own has it. */
function toLoginSettings(policy: LoginPolicy): MessageInitShape<typeof LoginSettingsSchema> {
  const newer = { allowLocalAuthentication: policy.allowUsernamePassword };
  return {
    ...newer,
    allowUsernamePassword: policy.allowUsernamePassword,
    allowRegister: policy.allowRegister,
    allowExternalIdp: policy.allowExternalIdp,
    forceMfa: policy.forceMfa,
    forceMfaLocalOnly: policy.forceMfaLocalOnly,
    passkeysType: policy.passkeysAllowed ? PasskeysType.ALLOWED : PasskeysType.NOT_ALLOWED,
    hidePasswordReset: policy.hidePasswordReset,
    ignoreUnknownUsernames: policy.ignoreUnknownUsernames,
    allowDomainDiscovery: policy.allowDomainDiscovery,
    disableLoginWithEmail: policy.disableLoginWithEmail,
    disableLoginWithPhone: policy.disableLoginWithPhone,
    defaultRedirectUri: policy.defaultRedirectUri,
    passwordCheckLifetime: duration(policy.passwordCheckLifetime),
    externalLoginCheckLifetime: duration(policy.externalLoginCheckLifetime),
    mfaInitSkipLifetime: duration(policy.mfaInitSkipLifetime),
    secondFactorCheckLifetime: duration(policy.secondFactorCheckLifetime),
    multiFactorCheckLifetime: duration(policy.multiFactorCheckLifetime),
    secondFactors: policy.secondFactors.map((factor) => SECOND_FACTOR_NUMBER[factor] as SecondFactorType),
    multiFactors: policy.multiFactors.map(() => MultiFactorType.U2F_WITH_VERIFICATION),
    resourceOwnerType: policy.isDefault ? ResourceOwnerType.INSTANCE : ResourceOwnerType.ORG,
  };
}
