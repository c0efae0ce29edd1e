import { Profile } from '@latchkey/contract/session';
import * as z from 'zod';
import { type SignedIn, TokenSet } from '../provider/signed-in.ts';
import type { SessionParts } from '../session-parts.ts';
import { revokeUnused } from '../sign-out/sign-out.ts';
import { hash, randomSecret, sameSecret } from '../vault/secrets.ts';

const lifetime = 60_000;

const Finished = z.object({
  signedIn: z.object({
    subject: z.string(),
    sid: z.string().nullable(),
    authTime: z.number(),
    amr: z.array(z.string()),
    tokens: TokenSet,
  }),
  profile: z.custom<Profile>((value) => Profile.safeParse(value).success),
  intent: z.string().nullable(),
});

/** A sign-in that ZITADEL finished and the page has not fetched yet. */
export interface FinishedSignIn {
  readonly signedIn: SignedIn;
  readonly profile: Profile;
  /** What it was for, if for one thing only. */
  readonly intent: string | null;
}

/** Why a handle was not taken; for the log and the OAuth error's description. */
export type HandleRefusal = 'handle' | 'browser binding' | 'pkce';

/**
 * Makes the value the page gets in place of a code: good once, for a minute, in this browser, with the page's verifier.
 *
 * @param challenge the page's PKCE challenge (S256).
 */
export async function createHandle(
  { store, clock, sessionVault }: SessionParts,
  binding: string,
  challenge: string,
  finished: FinishedSignIn,
): Promise<string> {
  const handle = randomSecret();
  const handleHash = hash(handle);
  await store
    .insertInto('handles')
    .values({
      handle_hash: handleHash,
      bind_hash: hash(binding),
      page_challenge: challenge,
      expires_at: clock() + lifetime,
      ...sessionVault.seal(finished, handle + binding, handleHash),
    })
    .execute();
  return handle;
}

interface GivenHandle {
  readonly handle: string;
  readonly binding: string | undefined;
  readonly verifier: string;
}

/**
 * Uses a handle up, whatever comes of it. The tokens of one that comes too late or without its verifier are revoked. In
 * another browser it does not open, and one that nobody brings is only deleted: those tokens live on (docs/operate.md).
 */
export async function consumeHandle(parts: SessionParts, given: GivenHandle): Promise<FinishedSignIn | HandleRefusal> {
  const { store, clock, sessionVault } = parts;
  const handleHash = hash(given.handle);
  const row = await store.deleteFrom('handles').where('handle_hash', '=', handleHash).returningAll().executeTakeFirst();
  if (!row) return 'handle';
  const late = row.expires_at <= clock();
  if (given.binding === undefined || !sameSecret(hash(given.binding), row.bind_hash)) {
    return late ? 'handle' : 'browser binding';
  }
  const opened = Finished.safeParse(sessionVault.open(row, given.handle + given.binding, handleHash));
  if (!opened.success) return 'handle';
  if (!late && sameSecret(hash(given.verifier), row.page_challenge)) return opened.data;
  await revokeUnused(parts, opened.data.signedIn.tokens);
  return late ? 'handle' : 'pkce';
}
