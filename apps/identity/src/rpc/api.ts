import type { Interceptor } from '@connectrpc/connect';
import type { Store } from '../store/open-store.ts';
import { accessInterceptor } from './access/access-interceptor.ts';
import type { ResolveAccessToken } from './access/authenticate.ts';
import { adminEvents } from './admin/event-methods.ts';
import { adminLockoutPolicy } from './admin/lockout-policy-methods.ts';
import { adminLoginPolicy } from './admin/login-policy-methods.ts';
import { adminMembers } from './admin/member-methods.ts';
import { adminOrganisations } from './admin/organisation-methods.ts';
import { administratorChanges } from './administrators/administrator-changes.ts';
import { administratorService } from './administrators/administrator-service.ts';
import { authService } from './auth/auth-service.ts';
import { ownDetails } from './auth/own-details.ts';
import { ownFactorSetUp } from './auth/own-factor-set-up.ts';
import { betaTwins } from './beta/beta-twins.ts';
import { errorInterceptor } from './errors/error-interceptor.ts';
import type { Texts } from './errors/translate.ts';
import { healthOfV1 } from './health.ts';
import { managementChanges } from './management/change-methods.ts';
import { managementFactors } from './management/factor-methods.ts';
import { managementHumanUsers } from './management/human-user-methods.ts';
import { managementLoginPolicy } from './management/login-policy-methods.ts';
import { managementLookups } from './management/lookup-methods.ts';
import { managementMetadata } from './management/metadata-methods.ts';
import { managementOrganisation } from './management/organisation-methods.ts';
import { managementProfiles } from './management/profile-methods.ts';
import { managementTokens } from './management/token-methods.ts';
import { managementUsers } from './management/user-methods.ts';
import { organisationService } from './organisation/organisation-service.ts';
import { managementApplicationKeys } from './project/application-key-methods.ts';
import { managementApplications } from './project/application-methods.ts';
import { managementProjectMembers } from './project/project-member-methods.ts';
import { managementProjects } from './project/project-methods.ts';
import type { ServicePart } from './service.ts';
import { sessionService } from './session/session-service.ts';
import { settingsService } from './settings/settings-service.ts';
import { TRANSLATIONS } from './texts/translations.ts';
import { contactMethods } from './user/contact-methods.ts';
import { factorReads } from './user/factor-reads.ts';
import { factorRemovals } from './user/factor-removals.ts';
import { factorSetUp } from './user/factor-set-up.ts';
import { userLinks } from './user/links.ts';
import { metadataMethods } from './user/metadata-methods.ts';
import { recoveryCodeMethods } from './user/recovery-code-methods.ts';
import { tokenMethods } from './user/token-methods.ts';
import { userChanges } from './user/user-changes.ts';
import { userReads } from './user/user-reads.ts';
import { userWrites } from './user/user-writes.ts';

export interface ApiOptions {
  readonly store: Store;
  /** Where answers are read from, when they are to lag behind; callers and changes are judged by the store itself. */
  readonly readsFrom?: Store['db'];
  /** Asks the OIDC room about an access token; personal access tokens and session tokens are known here. */
  readonly resolveAccessToken: ResolveAccessToken;
  /** Templates of the links in messages, where a caller names none; without them messages have a code alone. */
  readonly links?: { readonly password: string; readonly passkey: string };
  /** Texts of errors by language; English is built in. */
  readonly texts?: Texts;
  /** Told of faults that the caller learns nothing of. */
  readonly log: (error: unknown) => void;
}

/** ZITADEL's services, once, for every door; and the steps before them, outermost first. */
export function createApi(options: ApiOptions): {
  readonly implementations: readonly ServicePart[];
  readonly interceptors: readonly Interceptor[];
} {
  const { texts = TRANSLATIONS } = options;
  const store = options.readsFrom ? { ...options.store, db: options.readsFrom } : options.store;
  const parts = [
    userReads(store),
    userChanges(store),
    userWrites(store),
    contactMethods(store),
    metadataMethods(store),
    tokenMethods(store),
    factorReads(store),
    factorSetUp(store),
    factorRemovals(store),
    recoveryCodeMethods(store),
    userLinks(store, options.links),
    sessionService(store),
    settingsService(store),
    organisationService(store),
    managementUsers(store),
    managementHumanUsers(store),
    managementProfiles(store, options.links),
    managementMetadata(store),
    managementLookups(store),
    managementFactors(store),
    managementOrganisation(store),
    managementTokens(store),
    managementChanges(store, texts),
    managementLoginPolicy(store),
    adminLoginPolicy(store),
    adminLockoutPolicy(store),
    adminMembers(store),
    adminOrganisations(store),
    adminEvents(store, texts),
    authService(store, texts),
    ownDetails(store),
    ownFactorSetUp(store),
    managementProjects(store),
    managementProjectMembers(store),
    managementApplications(store),
    managementApplicationKeys(store),
    administratorService(store),
    administratorChanges(store),
    ...healthOfV1(),
  ];
  return {
    implementations: [...parts, ...betaTwins(parts)],
    interceptors: [errorInterceptor(texts, options.log), accessInterceptor(options.store, options.resolveAccessToken)],
  };
}
