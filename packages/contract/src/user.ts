import * as z from 'zod/mini';
import { Allowance } from './allowance.ts';
import { Factor } from './factor.ts';
import { Id } from './id.ts';
import { SecondFactorType } from './login-policy.ts';

export const UserState = z.enum(['active', 'inactive', 'locked', 'initial', 'deleted']);
export type UserState = z.infer<typeof UserState>;

/** An organisation as far as the viewer may see it: `name` is null when ZITADEL does not show it to them. */
export const OrganisationRef = z.object({ organisationId: Id, name: z.nullable(z.string()) });
export type OrganisationRef = z.infer<typeof OrganisationRef>;

/** Organisations to filter by, by name: as many as a list to choose from holds. */
export const OrganisationList = z.object({ organisations: z.array(OrganisationRef) });
export type OrganisationList = z.infer<typeof OrganisationList>;

/** What the organisations can be asked for. `search` matches the name. */
export const OrganisationSearch = z.object({
  search: z._default(z.string().check(z.trim(), z.maxLength(200)), ''),
});
export type OrganisationSearch = z.infer<typeof OrganisationSearch>;

/** A row of the people list. `changedAt` is RFC 3339 in UTC. */
export const UserSummary = z.object({
  userId: Id,
  displayName: z.string(),
  loginName: z.string(),
  organisation: OrganisationRef,
  state: UserState,
  email: z.nullable(z.string()),
  changedAt: z.nullable(z.string()),
});
export type UserSummary = z.infer<typeof UserSummary>;

/** A page of people. `total` is ZITADEL's count of all hits; `offset` and `limit` are what was served. */
export const UserPage = z.object({
  users: z.array(UserSummary),
  total: z.int(),
  offset: z.int(),
  limit: z.int(),
});
export type UserPage = z.infer<typeof UserPage>;

export const maximumPageSize = 100;
export const defaultPageSize = 50;

/** What the people list can be sorted by. */
export const UserSort = z.enum(['name', 'loginName', 'email', 'state', 'createdAt']);
export type UserSort = z.infer<typeof UserSort>;

/**
 * What the people list can be asked for. `search` matches name, login name, email, phone and id; `kind` is `human` if
 * not given; `state` and `organisationId` leave out everybody else.
 */
export const UserSearch = z.object({
  kind: z._default(z.enum(['human', 'machine']), 'human'),
  state: z.optional(UserState),
  organisationId: z.optional(Id),
  sort: z._default(UserSort, 'name'),
  direction: z._default(z.enum(['asc', 'desc']), 'asc'),
  search: z._default(z.string().check(z.trim(), z.maxLength(200)), ''),
  offset: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(10_000_000)), 0),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(maximumPageSize)), defaultPageSize),
});
export type UserSearch = z.infer<typeof UserSearch>;

const Contact = z.object({ address: z.string(), verified: z.boolean() });

/** An admin role somebody holds, and where: on the instance, in an organisation, in a project. */
export const AdminRole = z.object({
  role: z.string(),
  scope: z.enum(['instance', 'organisation', 'project', 'projectGrant']),
  scopeId: z.nullable(z.string()),
});
export type AdminRole = z.infer<typeof AdminRole>;

/** "This was not me", pressed by a person whose account nobody has unlocked on purpose since. */
export const Dispute = z.object({ resetId: Id, at: z.string(), locked: z.boolean() });
export type Dispute = z.infer<typeof Dispute>;

/** One person. `roles` is null when the viewer may not read the memberships; times are RFC 3339 in UTC. */
export const User = z.object({
  ...UserSummary.shape,
  kind: z.enum(['human', 'machine']),
  loginNames: z.array(z.string()),
  emailAddress: z.nullable(Contact),
  phoneNumber: z.nullable(Contact),
  createdAt: z.nullable(z.string()),
  roles: z.nullable(z.array(AdminRole)),
  actions: z.object({
    removeFactor: Allowance,
    removeRecoveryCodes: Allowance,
    endSession: z.optional(Allowance),
    lock: z.optional(Allowance),
    startReset: z.optional(Allowance),
  }),
  /** A reset of this person that is not over. */
  openReset: z.optional(z.nullable(z.object({ resetId: Id, agentName: z.string() }))),
  dispute: z.optional(z.nullable(Dispute)),
});
export type User = z.infer<typeof User>;

/**
 * What the login policy that holds for this person (their organisation's, else the instance's) asks at sign-in.
 * `forceMfa` is true when a second factor is forced for people with a password; `mfaInitSkip` is in whole seconds,
 * 0 or null when set-up of a second factor is not offered at sign-in.
 */
export const SignInRules = z.object({
  secondFactors: z.array(SecondFactorType),
  forceMfa: z.boolean(),
  passwordlessAllowed: z.boolean(),
  mfaInitSkip: z.nullable(z.number()),
});
export type SignInRules = z.infer<typeof SignInRules>;

/**
 * All factors of one user, half-enrolled ones too, in the order in which they are shown. `signInRules` is null or
 * absent when the viewer may not read the policy: the page then says what it cannot know.
 */
export const FactorList = z.object({
  factors: z.array(Factor),
  signInRules: z.optional(z.nullable(SignInRules)),
  /** How else this person signs in: with a password here, at another identity provider, whose factors are not ours. */
  signsInBy: z.optional(z.object({ password: z.boolean(), identityProvider: z.boolean() })),
  /** Whether the viewer's role lets them see when factors were added (changes) and used (sessions). */
  addedVisible: z.optional(z.boolean()),
  lastUsedVisible: z.optional(z.boolean()),
});
export type FactorList = z.infer<typeof FactorList>;
