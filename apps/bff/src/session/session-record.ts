import { Profile } from '@latchkey/contract/session';
import * as z from 'zod';
import type { SessionRow } from '../store/tables.ts';
import { TokenSet } from './provider/signed-in.ts';
import type { Sealed, Vault } from './vault/vault.ts';

/** What of a session is encrypted: its tokens, and whose they are. */
export const SessionContent = z.object({ tokens: TokenSet, profile: z.custom<Profile>((value) => isProfile(value)) });
export type SessionContent = z.infer<typeof SessionContent>;

/** A session that the right cookie opened: the row, its content, and the browser's half of the key. */
export interface OpenSession {
  readonly row: SessionRow;
  readonly content: SessionContent;
  readonly secret: string;
}

export type SessionOver = 'idle' | 'absolute' | 'ended';

/** What `sealed` is bound to: copied to another row, or to a later version of its own, it does not open. */
const contextOf = (idHash: string, version: number): string => `${idHash}|${version}`;

export function sealSession(
  vault: Vault,
  content: SessionContent,
  secret: string,
  idHash: string,
  version: number,
): Sealed {
  return vault.seal(content, secret, contextOf(idHash, version));
}

/** @returns undefined when the secret is not the one of this session. */
export function openSession(vault: Vault, row: SessionRow, secret: string): OpenSession | undefined {
  const parsed = SessionContent.safeParse(vault.open(row, secret, contextOf(row.id_hash, row.version)));
  return parsed.success ? { row, content: parsed.data, secret } : undefined;
}

/** Whether a session is over, and by what. `now` is epoch milliseconds. */
export function sessionOver(row: SessionRow, now: number): SessionOver | undefined {
  if (row.ended !== null) return 'ended';
  if (now >= row.absolute_end) return 'absolute';
  if (now >= idleEnd(row)) return 'idle';
  return undefined;
}

export const idleEnd = (row: SessionRow): number => row.last_seen_at + row.idle_seconds * 1000;

function isProfile(value: unknown): boolean {
  return Profile.safeParse(value).success;
}
