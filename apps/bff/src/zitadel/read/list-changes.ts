import type { ZitadelEvent } from '@latchkey/contract/activity';
import type { Change } from '@zitadel/proto/zitadel/change_pb.js';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { toTime } from '../to-time.ts';
import type { UserPlace } from '../to-user.ts';

/**
 * What happened to a user, newest first: the only record of ZITADEL's that a support role can read (zitadel.md 3.5).
 *
 * @param before the sequence of the entry the page begins after; absent for the newest.
 * @throws ConnectError, UpstreamFault
 */
export async function listChanges(
  zitadel: Zitadel,
  caller: AsCaller,
  user: UserPlace,
  { before, limit }: { readonly before?: bigint | undefined; readonly limit: number },
): Promise<ZitadelEvent[]> {
  const { result } = await zitadel.management.listUserChanges(
    { userId: user.userId, query: { limit, asc: false, ...(before !== undefined && { sequence: before }) } },
    caller.in(user.organisationId),
  );
  return result.map(toEvent).filter((event) => event !== undefined);
}

/** The event's type is in the key of its text: `EventTypes.user.human.mfa.otp.email.removed`. */
function toEvent(change: Change): ZitadelEvent | undefined {
  const at = toTime(change.changeDate);
  if (at === null) return undefined;
  return {
    source: 'zitadel',
    at,
    sequence: String(change.sequence),
    event: (change.eventType?.key ?? '').replace(/^EventTypes\./, ''),
    text: change.eventType?.localizedMessage ?? '',
    actorId: change.editorId,
    actorName: change.editorDisplayName || change.editorPreferredLoginName,
  };
}
