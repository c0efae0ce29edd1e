import * as z from 'zod/mini';
import { Id } from './id.ts';

/** Who is signed in. `loginName` is ZITADEL's preferred login name. */
export const Profile = z.object({
  sub: Id,
  name: z.string(),
  loginName: z.string(),
  email: z.nullable(z.string()),
});
export type Profile = z.infer<typeof Profile>;

/**
 * The session as the page may know it: no token, no cookie value. `csrf` is sent back as `X-CSRF` with every change.
 * Times are RFC 3339 in UTC; `stepUpEndsAt` is when the last sign-in stops being fresh enough for removals.
 */
export const Session = z.object({
  profile: Profile,
  csrf: z.string(),
  instance: z.string(),
  authTime: z.string(),
  stepUpEndsAt: z.string(),
  idleEndsAt: z.string(),
  absoluteEndsAt: z.string(),
});
export type Session = z.infer<typeof Session>;
