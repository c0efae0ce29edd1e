import type { User } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { useReturnedIntent } from '../../session/use-returned-intent.ts';
import { Button } from '../../ui/button.tsx';
import { LockIntent, useConfirmLock } from './use-confirm-lock.ts';

type LockButtonProps = {
  readonly user: User;
  /** The id of the sentence that says why not; null when it is allowed. */
  readonly describedBy: string | null;
};

/** Locks the account, or unlocks it: whichever its state leaves to do. */
export function LockButton({ user, describedBy }: LockButtonProps) {
  const confirmLock = useConfirmLock(user);
  useReturnedIntent(LockIntent, ({ act, why }) => void confirmLock(act, why));
  if (user.state === 'inactive' || user.state === 'deleted') return null;
  const act = user.state === 'locked' ? 'unlock' : 'lock';
  return (
    <Button
      tone={act === 'lock' ? 'danger' : 'plain'}
      aria-describedby={describedBy ?? undefined}
      isDisabled={describedBy !== null}
      onClick={() => void confirmLock(act)}
    >
      {act === 'lock' ? t`Lock` : t`Unlock`}
    </Button>
  );
}
