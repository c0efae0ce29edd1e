import type { Generated, Kysely } from 'kysely';
import type { FactorKind, FactorState } from '../domain/factors.ts';
import type { Gender, UserKind, UserState } from '../domain/user.ts';
import type { ApplicationTables } from './application-tables.ts';
import type { SessionTables } from './session-tables.ts';

/** SQLite has no boolean. */
export type Flag = 0 | 1;

/** Times are epoch milliseconds throughout. `payload` is JSON. */
export interface EventTable {
  position: Generated<number>;
  aggregate_type: string;
  aggregate_id: string;
  sequence: number;
  resource_owner: string;
  editor: string;
  type: string;
  payload: string;
  created_at: number;
}

/** What every row read from events knows of the last event that touched it. */
export interface Versioned {
  sequence: number;
  created_at: number;
  changed_at: number;
}

export interface UserTable extends Versioned {
  id: string;
  organisation_id: string;
  kind: UserKind;
  state: UserState;
  username: string;
  /** Shown name: a person's display name, a machine's name. */
  display_name: string;
  given_name: string;
  family_name: string;
  nick_name: string;
  preferred_language: string;
  gender: Gender;
  email: string;
  email_verified: Flag;
  phone: string;
  phone_verified: Flag;
  /** argon2id in PHC form. */
  password_hash: string | null;
  password_changed_at: number | null;
  password_change_required: Flag;
  /** Wrong passwords since the last right one. */
  password_failures: number;
  /** Wrong one-time codes since the last right one. */
  code_failures: number;
  mfa_init_skipped_at: number | null;
  description: string;
  access_token_type: number;
  /** Of the event that made the user: the number by which `user_grams` knows them. */
  position: number;
}

/** How many users there are, kept by triggers; organisation '' has the sum of all. */
export interface UserCountTable {
  organisation_id: string;
  kind: UserKind;
  state: UserState;
  users: number;
}

export interface FactorTable {
  user_id: string;
  organisation_id: string;
  kind: FactorKind;
  /** Token id of `u2f` and `passkey`; empty for the kinds of which there is one. */
  token_id: string;
  state: FactorState;
  name: string;
  /**
   * 1: removed through the other WebAuthn kind's path. ZITADEL's lists still show such a token, its commands no longer
   * find it (zitadel.md 2.4, quirk).
   */
  orphaned: Flag;
  rp_id: string;
  challenge: string;
  credential_id: string;
  public_key: string;
  sign_count: number;
  /** Sealed TOTP secret. */
  sealed_secret: string;
  /** JSON array: transports of a token, or keyed hashes of the recovery codes left. */
  details: string;
  position: number;
}

/** Codes that wait to be used, by purpose; only their keyed hash. */
export interface CodeTable {
  user_id: string;
  purpose: 'otpEmail' | 'otpSms' | 'passwordReset' | 'passkeyLink' | 'emailVerification' | 'phoneVerification';
  /** Code id of a passkey link, else empty. */
  code_id: string;
  code_mac: string;
  expires_at: number;
}

export interface OrganisationTable extends Versioned {
  id: string;
  name: string;
  state: 'active' | 'inactive';
  primary_domain: string;
}

export interface InstanceTable extends Versioned {
  id: string;
  name: string;
  default_organisation_id: string;
  project_id: string;
  max_password_attempts: number;
  max_code_attempts: number;
}

export interface MemberTable extends Versioned {
  scope: 'instance' | 'organisation' | 'project';
  scope_id: string;
  /** Organisation (or instance) that owns what the role is about. */
  resource_owner: string;
  user_id: string;
  /** JSON array of role names. */
  roles: string;
}

export interface PersonalAccessTokenTable extends Versioned {
  id: string;
  user_id: string;
  organisation_id: string;
  token_hash: string;
  expires_at: number;
}

/** What callers note on a user. */
export interface UserMetadataTable extends Versioned {
  user_id: string;
  organisation_id: string;
  key: string;
  /** Base64. */
  value: string;
}

export interface LoginPolicyTable extends Versioned {
  owner_id: string;
  /** JSON of LoginPolicyRules. */
  rules: string;
}

/** Kept apart from the policy: ZITADEL lets an owner have factors without a policy of their own. */
export interface LoginPolicyFactorTable {
  owner_id: string;
  level: 'second' | 'multi';
  factor: number;
  position: number;
}

/** Messages to people. Not read from events: their content must not outlive its use there. */
export interface OutboxTable {
  id: Generated<number>;
  created_at: number;
  /** Keyed hash of the address, so that one person's messages are found without opening all. */
  recipient_mac: string;
  /** Sealed JSON of the whole message. */
  sealed: string;
}

export interface Tables extends SessionTables, ApplicationTables {
  events: EventTable;
  users: UserTable;
  user_counts: UserCountTable;
  factors: FactorTable;
  codes: CodeTable;
  instances: InstanceTable;
  organisations: OrganisationTable;
  members: MemberTable;
  personal_access_tokens: PersonalAccessTokenTable;
  user_metadata: UserMetadataTable;
  login_policies: LoginPolicyTable;
  login_policy_factors: LoginPolicyFactorTable;
  outbox: OutboxTable;
}

/** The database's handle, or a transaction's: within one, only the transaction's. */
export type Database = Kysely<Tables>;
