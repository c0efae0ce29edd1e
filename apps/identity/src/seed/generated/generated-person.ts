import { createHash } from 'node:crypto';
import { Secret } from 'otpauth';
import type { FactorKind } from '../../domain/factors.ts';
import type { Gender } from '../../domain/user.ts';
import { CULTURES } from './names.ts';
import { generateOrganisation, idOf, organisationsBefore } from './organisation.ts';
import { createRandom, type Random } from './random.ts';

export type GeneratedFactorKind = Exclude<FactorKind, 'recoveryCodes'>;

/** Somebody whom a number makes: always the same, whoever else is made. */
export interface GeneratedPerson {
  readonly id: string;
  readonly organisationId: string;
  /** Also the login name. */
  readonly email: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly language: string;
  readonly gender: Gender;
  /** E.164, or none. */
  readonly phone: string | undefined;
  readonly state: 'active' | 'locked' | 'inactive' | 'initial';
  readonly factors: readonly GeneratedFactorKind[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** Ids of a person and of their keys. */
const SLOTS_EACH = 16;

/** The first person's birthday here; each further one came a minute and a half later. */
const FIRST_DAY = Date.UTC(2023, 0, 2, 8);
const APART = 90_000;

const STATES = [
  ['active', 965],
  ['inactive', 15],
  ['locked', 10],
  ['initial', 10],
] as const;

const GENDERS = ['unspecified', 'female', 'male'] as const;

const MIXES: readonly (readonly [readonly GeneratedFactorKind[], weight: number])[] = [
  [[], 32],
  [['totp'], 24],
  [['otpEmail'], 11],
  [['otpSms'], 9],
  [['u2f'], 4],
  [['passkey'], 6],
  [['totp', 'otpEmail'], 4],
  [['totp', 'u2f'], 3],
  [['otpEmail', 'otpSms'], 2],
  [['u2f', 'passkey'], 2],
  [['totp', 'otpSms', 'u2f', 'u2f', 'passkey'], 1],
  [['totp', 'otpEmail', 'otpSms', 'u2f', 'passkey'], 1],
];

/** @param index of the person, from 0. */
export function generatePerson(number: number, index: number): GeneratedPerson {
  const random = createRandom(number, index);
  const culture = random.weighted(CULTURES);
  const gender = random.pick(GENDERS);
  const given = split(
    random.pick(gender === 'male' || (gender === 'unspecified' && index % 2) ? culture.male : culture.female),
  );
  const family = split(random.pick(culture.family));
  const organisation = generateOrganisation(number, chooseOrganisation(random, index));
  const state = random.weighted(STATES);
  const factors = state === 'initial' ? [] : random.weighted(MIXES);
  const hasPhone = factors.includes('otpSms') || random.below(3) === 0;
  return {
    id: idOf(number, index * SLOTS_EACH),
    organisationId: organisation.id,
    email: `${given.latin}.${family.latin}.${index}@${organisation.domain}`,
    givenName: given.name,
    familyName: family.name,
    language: culture.language,
    gender,
    phone: hasPhone ? `+${culture.calling}${String(700_000_000 + ((index * 7_919) % 99_999_989))}` : undefined,
    state,
    factors,
    createdAt: FIRST_DAY + index * APART,
  };
}

/** Id of a person's key. @param nth of their factors. */
export function keyIdOf(number: number, index: number, nth: number): string {
  return idOf(number, index * SLOTS_EACH + 1 + nth);
}

/** The secret of a person's authenticator app, base32. It comes of the number, so it protects nothing. */
export function totpSecretOf(number: number, index: number): string {
  const bytes = createHash('sha1').update(`latchkey generated ${number} ${index} totp`).digest();
  return new Secret({ buffer: new Uint8Array(bytes).buffer }).base32;
}

/** Old organisations are large, young ones small. */
function chooseOrganisation(random: Random, index: number): number {
  const open = organisationsBefore(index);
  return Math.min(random.below(open), random.below(open));
}

function split(entry: string): { readonly name: string; readonly latin: string } {
  const [name = '', latin = name] = entry.split('/');
  return { name, latin: toAscii(latin) };
}

/** Letters without their marks; what has no such form is named. */
function toAscii(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .replaceAll('đ', 'd')
    .normalize('NFKD')
    .replace(/[^a-z]/g, '');
}
