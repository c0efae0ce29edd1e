import type { SessionParts } from '../session-parts.ts';
import { type OpenSession, openSession } from '../session-record.ts';
import { readSession } from '../session-store.ts';
import { type SignOutExtent, signOut } from './sign-out.ts';

/**
 * Deletes a session and ends its tokens at ZITADEL: those it has now, which a refresh may have put in since it was read.
 * A session that somebody else deleted meanwhile is theirs to end.
 */
export async function endSession(parts: SessionParts, session: OpenSession, extent: SignOutExtent): Promise<void> {
  for (let latest: OpenSession | undefined = session; latest; latest = await reread(parts, latest)) {
    const { row, content } = latest;
    if (await signOut(parts, content.tokens, extent, { idHash: row.id_hash, version: row.version })) return;
  }
}

async function reread(parts: SessionParts, { row, secret }: OpenSession): Promise<OpenSession | undefined> {
  const latest = await readSession(parts, row.id_hash);
  return latest && openSession(parts.sessionVault, latest, secret);
}
