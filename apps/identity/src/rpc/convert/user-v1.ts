import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Gender, type User, UserSchema, UserState } from '@zitadel/proto/zitadel/user_pb.js';
import { displayNameOf } from '../../domain/user.ts';
import type { UserTable } from '../../store/tables.ts';
import { rowDetailsV1 } from './details.ts';
import { GENDERS } from './human-request.ts';

const STATE = {
  initial: UserState.INITIAL,
  active: UserState.ACTIVE,
  inactive: UserState.INACTIVE,
  locked: UserState.LOCKED,
} as const;

const GENDER = {
  unspecified: Gender.UNSPECIFIED,
  female: Gender.FEMALE,
  male: Gender.MALE,
  diverse: Gender.DIVERSE,
} as const;

/** A stored user in v1's words. */
export function toUserV1(row: UserTable): User {
  return create(UserSchema, {
    id: row.id,
    details: rowDetailsV1(row, row.organisation_id),
    state: STATE[row.state],
    userName: row.username,
    loginNames: [row.username],
    preferredLoginName: row.username,
    type: row.kind === 'human' ? { case: 'human', value: toHuman(row) } : { case: 'machine', value: toMachine(row) },
  });
}

function toHuman(row: UserTable) {
  return {
    profile: toProfileV1(row),
    email: toEmailV1(row),
    phone: toPhoneV1(row),
    ...(row.password_changed_at !== null && { passwordChanged: timestampFromMs(row.password_changed_at) }),
  };
}

export function toProfileV1(row: UserTable) {
  return {
    firstName: row.given_name,
    lastName: row.family_name,
    nickName: row.nick_name,
    displayName: row.display_name,
    preferredLanguage: row.preferred_language,
    gender: GENDER[row.gender],
  };
}

/** A profile as v1 asks for one: all of it. */
export function fromProfileV1(request: Omit<ReturnType<typeof toProfileV1>, 'gender'> & { readonly gender: number }) {
  const { firstName, lastName, nickName, displayName, preferredLanguage, gender } = request;
  return {
    firstName,
    lastName,
    nickName,
    displayName: displayName || displayNameOf(firstName, lastName),
    preferredLanguage: preferredLanguage || 'und',
    gender: GENDERS[gender] ?? 'unspecified',
  };
}

export function toEmailV1(row: UserTable) {
  return { email: row.email, isEmailVerified: row.email_verified === 1 };
}

export function toPhoneV1(row: UserTable) {
  return { phone: row.phone, isPhoneVerified: row.phone_verified === 1 };
}

function toMachine(row: UserTable) {
  return { name: row.display_name, description: row.description, accessTokenType: row.access_token_type };
}
