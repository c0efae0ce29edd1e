import { idPattern } from '@latchkey/contract/id';
import type { OrganisationRef, User, UserState, UserSummary } from '@latchkey/contract/user';
import { UserState as TheirState, type User as TheirUser } from '@zitadel/proto/zitadel/user/v2/user_pb.js';
import { toTime } from './to-time.ts';

/** Where a user is found: v1 finds a user, and permissions are asked, in their organisation. */
export interface UserPlace {
  readonly userId: string;
  readonly organisationId: string;
}

/** Of a user what ZITADEL tells in one record: everything but names of organisations, roles and allowances. */
export type UserRecord = Omit<User, 'organisation' | 'roles' | 'actions'> & { readonly organisationId: string };

/**
 * ZITADEL's user as ours.
 *
 * @returns undefined for an id that cannot stand in a path. ZITADEL takes any text as an id when a user is imported;
 * such a person cannot be opened here, and is better missing from a list than breaking it.
 */
export function toUserRecord(user: TheirUser): UserRecord | undefined {
  const { userId, details, type } = user;
  const organisationId = details?.resourceOwner ?? '';
  if (!idPattern.test(userId) || !idPattern.test(organisationId)) return undefined;
  const human = type.case === 'human' ? type.value : undefined;
  const email = human?.email?.email;
  const phone = human?.phone?.phone;
  return {
    userId,
    organisationId,
    kind: type.case === 'machine' ? 'machine' : 'human',
    displayName: toDisplayName(user),
    loginName: user.preferredLoginName || user.username,
    loginNames: [...user.loginNames],
    state: toState(user.state),
    email: email || null,
    emailAddress: email ? { address: email, verified: human.email?.isVerified ?? false } : null,
    phoneNumber: phone ? { address: phone, verified: human.phone?.isVerified ?? false } : null,
    createdAt: toTime(details?.creationDate),
    changedAt: toTime(details?.changeDate),
  };
}

/** The row of the people list. */
export function toUserSummary(record: UserRecord, organisation: OrganisationRef): UserSummary {
  const { userId, displayName, loginName, state, email, changedAt } = record;
  return { userId, displayName, loginName, organisation, state, email, changedAt };
}

function toDisplayName({ type, preferredLoginName, username }: TheirUser): string {
  const fallback = preferredLoginName || username;
  switch (type.case) {
    case 'human': {
      const { displayName, givenName = '', familyName = '' } = type.value.profile ?? {};
      return displayName || `${givenName} ${familyName}`.trim() || fallback;
    }
    case 'machine':
      return type.value.name || fallback;
    case undefined:
      return fallback;
  }
}

function toState(state: TheirState): UserState {
  switch (state) {
    case TheirState.ACTIVE:
      return 'active';
    case TheirState.INACTIVE:
      return 'inactive';
    case TheirState.LOCKED:
      return 'locked';
    case TheirState.INITIAL:
      return 'initial';
    case TheirState.DELETED:
    case TheirState.UNSPECIFIED:
      return 'deleted';
  }
}

export function fromUserState(state: UserState): TheirState {
  switch (state) {
    case 'active':
      return TheirState.ACTIVE;
    case 'inactive':
      return TheirState.INACTIVE;
    case 'locked':
      return TheirState.LOCKED;
    case 'initial':
      return TheirState.INITIAL;
    case 'deleted':
      return TheirState.DELETED;
  }
}
