import type { UserSession } from '@latchkey/contract/user-session';
import { SessionFieldName } from '@zitadel/proto/zitadel/session/v2/session_pb.js';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { toSession } from '../to-session.ts';

/** A person with more sessions than this sees, and ends, the newest of them. */
const limit = 200;

/**
 * A user's sessions, newest first, as far as the caller may see them: ZITADEL leaves out the others without an error.
 *
 * @throws ConnectError, UpstreamFault
 */
export async function listSessions(zitadel: Zitadel, caller: AsCaller, userId: string): Promise<UserSession[]> {
  const { sessions } = await zitadel.sessions.listSessions(
    {
      query: { limit, asc: false },
      sortingColumn: SessionFieldName.CREATION_DATE,
      queries: [{ query: { case: 'userIdQuery', value: { id: userId } } }],
    },
    caller,
  );
  return sessions.map(toSession).filter((session) => session !== undefined);
}
