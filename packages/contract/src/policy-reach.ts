import * as z from 'zod/mini';
import { OrganisationRef } from './user.ts';

/**
 * A slice of the count of who relies on a second factor type, by time of creation: a page asks for one after the other
 * and adds them up, and may stop at any time with "at least N". `next` is the offset of the slice that follows; null at
 * the end. `total` is how many people there are in all, `at` when this slice was counted (RFC 3339 in UTC).
 */
export const RelianceSlice = z.object({
  counted: z.int(),
  total: z.int(),
  /** People who have a factor of this type. */
  holders: z.int(),
  /** Of these, people who have no other second factor and no passkey. */
  onlyThis: z.int(),
  /** Of the holders, people with an admin role the viewer can see. */
  admins: z.int(),
  next: z.nullable(z.int()),
  at: z.string(),
});
export type RelianceSlice = z.infer<typeof RelianceSlice>;

/** How many people a slice has at most; ask for a slice a second at most. */
export const relianceSliceSize = 20;

/** Where a slice or a page begins. */
export const SliceSearch = z.object({
  offset: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(10_000_000)), 0),
});
export type SliceSearch = z.infer<typeof SliceSearch>;

/**
 * Organisations and whether the instance's login policy is theirs: `inherits` is false for those with settings of their
 * own, which a change of the instance's does not touch; null where the viewer may not read it. `next` is the offset of
 * the page that follows; null at the end.
 */
export const PolicyReach = z.object({
  organisations: z.array(z.object({ ...OrganisationRef.shape, inherits: z.nullable(z.boolean()) })),
  next: z.nullable(z.int()),
});
export type PolicyReach = z.infer<typeof PolicyReach>;
