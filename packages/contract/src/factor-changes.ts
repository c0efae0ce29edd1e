import * as z from 'zod/mini';

/** How many events ZITADEL gives in one answer at most. */
export const maximumFactorChanges = 1_000;

const FactorKind = z.enum(['totp', 'otpSms', 'otpEmail', 'u2f', 'passkey', 'recoveryCodes']);

/**
 * One event of ZITADEL, as much of it as counting needs. `in` names what a thing lies in and ends with: an organisation
 * `o…`, a project `p…`, a project's grant `g…`; the last of them is where a role is held, none is the instance.
 */
export const FactorChange = z.discriminatedUnion('did', [
  /** The factor became usable. Only keys have an id, `key`. */
  z.object({ did: z.literal('add'), user: z.string(), kind: FactorKind, key: z.optional(z.string()), in: z.string() }),
  z.object({ did: z.literal('remove'), user: z.string(), kind: FactorKind, key: z.optional(z.string()) }),
  /** An admin role was given, or taken away. */
  z.object({ did: z.literal('join'), user: z.string(), in: z.array(z.string()) }),
  z.object({ did: z.literal('leave'), user: z.string(), in: z.array(z.string()) }),
  /** A thing was deleted, and all that lies in it: named as in `in`, or a user `u…`. */
  z.object({ did: z.literal('end'), id: z.string() }),
]);
export type FactorChange = z.infer<typeof FactorChange>;

/**
 * A page of what became of people's factors and admin roles, newest first, read from ZITADEL's events. Neighbouring
 * pages overlap, in the same order, because the moments of events are not quite in the order of the events.
 *
 * `rest`: `more` with the `before` of the page that follows; `whole`: this was the beginning of the instance; `pruned`:
 * older events are not kept; `crowded`: so many events in one moment that a page cannot get past them.
 */
export const FactorChangePage = z.object({
  changes: z.array(FactorChange),
  /** When the oldest event of the page happened, RFC 3339 in UTC; null without any. */
  reached: z.nullable(z.string()),
  /** When the oldest event happened that ZITADEL has. Only on the first page. */
  begins: z.optional(z.nullable(z.string())),
  rest: z.discriminatedUnion('is', [
    z.object({ is: z.literal('more'), before: z.string() }),
    z.object({ is: z.enum(['whole', 'pruned', 'crowded']) }),
  ]),
});
export type FactorChangePage = z.infer<typeof FactorChangePage>;

/** Which page: `before` in nanoseconds since the epoch; absent for the newest. */
export const FactorChangeSearch = z.object({
  before: z.optional(z.string().check(z.regex(/^\d{1,20}$/))),
  limit: z._default(
    z.coerce.number().check(z.int(), z.minimum(1), z.maximum(maximumFactorChanges)),
    maximumFactorChanges,
  ),
});
export type FactorChangeSearch = z.infer<typeof FactorChangeSearch>;
