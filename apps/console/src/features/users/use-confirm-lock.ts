import type { User } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import * as z from 'zod/mini';
import { isolate } from '../../i18n/isolate.ts';
import { ReturnedWhy } from '../../session/returned-why.ts';
import { announce } from '../../ui/announce.tsx';
import { confirmAct, type Why } from '../../ui/confirm-store.ts';
import { disputedWords } from './disputed.tsx';
import { type LockAct, useChangeLock } from './users-queries.ts';

/** A lock, or its end, that waits for a fresh sign-in. */
export const LockIntent = z.object({ act: z.enum(['lock', 'unlock']), why: ReturnedWhy });
export type LockIntent = z.infer<typeof LockIntent>;

/** Asks before an account is locked or unlocked, does it, and says that it is done. */
export function useConfirmLock(user: User) {
  const { mutateAsync } = useChangeLock(user.userId);
  return async (act: LockAct, why?: Why): Promise<void> => {
    const name = isolate(user.displayName);
    const isLock = act === 'lock';
    const disputed = isLock || user.dispute == null ? null : disputedWords(user.displayName, user.dispute);
    const result = await confirmAct({
      title: isLock ? t`Lock ${name}?` : t`Unlock ${name}?`,
      facts: [
        { term: t`Person`, value: user.displayName },
        { term: t`Login name`, value: user.loginName },
        { term: t`Organisation`, value: user.organisation.name ?? user.organisation.organisationId },
      ],
      follows: isLock
        ? t`${name} cannot sign in, and every sign-in that is open stops working, until the account is unlocked.`
        : [disputed, t`${name} can sign in again with what is set up.`].filter((words) => words !== null).join(' '),
      leaves: isLock
        ? t`A lock ends no refresh token: what an app holds works again after the unlock.`
        : t`Apps that kept a refresh token through the lock get access again.`,
      verb: isLock ? t`Lock` : t`Unlock`,
      tone: isLock ? 'danger' : 'plain',
      act: (given) =>
        mutateAsync({ act, why: isLock || user.dispute == null ? given : { ...given, disputedAt: user.dispute.at } }),
      intent: { act } satisfies Omit<LockIntent, 'why'>,
      scope: `user:${user.userId}`,
      ...(why && { why }),
    });
    if (result === 'done') announce(isLock ? t`${name} is locked.` : t`${name} is unlocked.`);
  };
}
