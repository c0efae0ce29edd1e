import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Gender, type User, UserSchema, UserState } from '@zitadel/proto/zitadel/user/v2/user_pb.js';
import type { UserTable } from '../../store/tables.ts';
import { rowDetailsV2 } from './details.ts';

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

/** A stored user in v2's words. */
export function toUserV2(row: UserTable): User {
  return create(UserSchema, {
    userId: row.id,
    details: rowDetailsV2(row, row.organisation_id),
    state: STATE[row.state],
    username: row.username,
    loginNames: [row.username],
    preferredLoginName: row.username,
    type: row.kind === 'human' ? { case: 'human', value: toHuman(row) } : { case: 'machine', value: toMachine(row) },
  });
}

function toHuman(row: UserTable) {
  return {
    profile: {
      givenName: row.given_name,
      familyName: row.family_name,
      nickName: row.nick_name,
      displayName: row.display_name,
      preferredLanguage: row.preferred_language,
      gender: GENDER[row.gender],
    },
    email: { email: row.email, isVerified: row.email_verified === 1 },
    phone: { phone: row.phone, isVerified: row.phone_verified === 1 },
    passwordChangeRequired: row.password_change_required === 1,
    ...(row.password_changed_at !== null && { passwordChanged: timestampFromMs(row.password_changed_at) }),
    ...(row.mfa_init_skipped_at !== null && { mfaInitSkipped: timestampFromMs(row.mfa_init_skipped_at) }),
  };
}

function toMachine(row: UserTable) {
  return { name: row.display_name, description: row.description, accessTokenType: row.access_token_type };
}
