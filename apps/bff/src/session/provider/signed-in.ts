import type { IDToken } from 'openid-client';
import * as z from 'zod';

/** The tokens of one session, as they lie sealed in the database. `accessFrom` and `accessEndsAt`: epoch milliseconds. */
export const TokenSet = z.object({
  accessToken: z.string(),
  accessFrom: z.number(),
  accessEndsAt: z.number(),
  refreshToken: z.string().nullable(),
  idToken: z.string(),
});
export type TokenSet = z.infer<typeof TokenSet>;

/**
 * What ZITADEL answered to a code or a refresh: its tokens, live from now on whatever becomes of them, and the claims of
 * the verified ID token, if there was one.
 */
export interface TokenAnswer {
  readonly tokens: TokenSet;
  readonly claims: IDToken | undefined;
}

/** Who signed in, from the verified ID token. `authTime` is epoch seconds, `amr` RFC 8176 values. */
export interface SignedIn {
  readonly subject: string;
  readonly sid: string | null;
  readonly authTime: number;
  readonly amr: readonly string[];
  readonly tokens: TokenSet;
}
