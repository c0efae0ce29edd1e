import type { User } from '@latchkey/contract/user';
import type { UserSession } from '@latchkey/contract/user-session';
import { t } from '@lingui/core/macro';
import * as z from 'zod/mini';
import { deviceWords } from '../../i18n/browser-words.ts';
import { isolate } from '../../i18n/isolate.ts';
import { ReturnedWhy } from '../../session/returned-why.ts';
import { announce } from '../../ui/announce.tsx';
import { confirmAct, type Why } from '../../ui/confirm-store.ts';
import { checksWords } from './session-words.ts';
import { useEndSession } from './user-sessions-queries.ts';

/** The end of a session that waits for a fresh sign-in. */
export const EndIntent = z.object({ act: z.literal('endSession'), sessionId: z.string(), why: ReturnedWhy });
export type EndIntent = z.infer<typeof EndIntent>;

/** Asks before a session is ended, ends it, and says that it is done. */
export function useConfirmEnd(user: User) {
  const { mutateAsync } = useEndSession(user.userId);
  return async (session: UserSession, why?: Why): Promise<void> => {
    const { sessionId } = session;
    const displayName = isolate(user.displayName);
    const result = await confirmAct({
      title: t`End this session of ${displayName}?`,
      facts: [
        { term: t`Person`, value: user.displayName },
        { term: t`Login name`, value: user.loginName },
        { term: t`Device`, value: deviceWords(session.device) },
        { term: t`Checked by`, value: checksWords(session.checks) },
      ],
      follows: t`This sign-in ends at once, and with it the access of the apps that were opened by it.`,
      leaves: t`An app that holds a refresh token of it can still get new access; only a lock stops that.`,
      verb: t`End session`,
      tone: 'danger',
      act: (given) => mutateAsync({ sessionId, why: given }),
      intent: { act: 'endSession', sessionId } satisfies Omit<EndIntent, 'why'>,
      scope: `user:${user.userId}`,
      ...(why && { why }),
    });
    if (result === 'done') announce(t`Session of ${displayName} ended.`);
  };
}
