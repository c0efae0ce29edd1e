import type { SetHumanEmail } from '@zitadel/proto/zitadel/user/v2/email_pb.js';
import type { HashedPassword, Password } from '@zitadel/proto/zitadel/user/v2/password_pb.js';
import type { SetHumanPhone } from '@zitadel/proto/zitadel/user/v2/phone_pb.js';
import type { SetHumanProfile } from '@zitadel/proto/zitadel/user/v2/user_pb.js';
import type { NewHumanUser } from '../../commands/users/add-human-user.ts';
import type { Profile } from '../../commands/users/change-human-user.ts';
import type { MetadataEntry } from '../../commands/users/user-metadata.ts';
import type { Gender } from '../../domain/user.ts';
import { toProof } from './contact-proof.ts';

/** By ZITADEL's number. */
export const GENDERS: readonly Gender[] = ['unspecified', 'female', 'male', 'diverse'];

/** What v2's two requests for a new person have in common. */
interface HumanRequest {
  readonly profile?: SetHumanProfile;
  readonly email?: SetHumanEmail;
  readonly phone?: SetHumanPhone;
  readonly passwordType:
    | { readonly case: 'password'; readonly value: Password }
    | { readonly case: 'hashedPassword'; readonly value: HashedPassword }
    | { readonly case: undefined; readonly value?: undefined };
  readonly metadata: readonly MetadataEntry[];
}

/** A new person as v2 asks for one; a code is made for an address that is not said to be verified. */
export function toNewHuman(request: HumanRequest): Omit<NewHumanUser, 'organisationId'> {
  const { profile, email, phone, passwordType, metadata } = request;
  const emailProof = toProof(email?.verification);
  const phoneProof = toProof(phone?.verification);
  return {
    givenName: profile?.givenName ?? '',
    familyName: profile?.familyName ?? '',
    nickName: profile?.nickName ?? '',
    displayName: profile?.displayName ?? '',
    preferredLanguage: profile?.preferredLanguage ?? '',
    gender: GENDERS[profile?.gender ?? 0] ?? 'unspecified',
    email: email?.email ?? '',
    ...(emailProof === 'verified' ? { emailVerified: true } : { emailCode: emailProof }),
    phone: phone?.phone ?? '',
    ...(phoneProof === 'verified' ? { phoneVerified: true } : { phoneCode: phoneProof }),
    ...(passwordType.case === 'password' && { password: passwordType.value.password }),
    ...(passwordType.case === 'hashedPassword' && { passwordHash: passwordType.value.hash }),
    passwordChangeRequired: passwordType.value?.changeRequired ?? false,
    metadata,
  };
}

interface ProfileRequest {
  readonly givenName?: string;
  readonly familyName?: string;
  readonly nickName?: string;
  readonly displayName?: string;
  readonly preferredLanguage?: string;
  readonly gender?: number;
}

/** @param emptyIsAbsent whether an empty given or family name says nothing. */
export function fromProfile(profile: ProfileRequest, emptyIsAbsent: boolean): Profile {
  const { givenName, familyName, nickName, displayName, preferredLanguage, gender } = profile;
  const given = (name: string | undefined) => name !== undefined && !(emptyIsAbsent && name === '');
  return {
    ...(given(givenName) && { firstName: givenName ?? '' }),
    ...(given(familyName) && { lastName: familyName ?? '' }),
    ...(nickName !== undefined && { nickName }),
    ...(displayName !== undefined && { displayName }),
    ...(preferredLanguage !== undefined && { preferredLanguage }),
    ...(gender !== undefined && { gender: GENDERS[gender] ?? 'unspecified' }),
  };
}
