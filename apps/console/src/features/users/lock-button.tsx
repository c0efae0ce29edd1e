import type { Allowance } from '@latchkey/contract/allowance';
import type { User } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { explainAllowance } from '../../i18n/explain-allowance.ts';
import { useReturnedIntent } from '../../session/use-returned-intent.ts';
import { Button } from '../../ui/button.tsx';
import { LockIntent, useConfirmLock } from './use-confirm-lock.ts';

type LockButtonProps = { readonly user: User; readonly allowance: Allowance };

/** Locks the account, or unlocks it: whichever its state leaves to do. */
export function LockButton({ user, allowance }: LockButtonProps) {
  const confirmLock = useConfirmLock(user);
  const refusal = explainAllowance(allowance);
  useReturnedIntent(LockIntent, ({ act, why }) => void confirmLock(act, why));
  if (user.state === 'inactive' || user.state === 'deleted') return null;
  const act = user.state === 'locked' ? 'unlock' : 'lock';
  return (
    <div className="lock">
      <Button
        tone={act === 'lock' ? 'danger' : 'plain'}
        aria-describedby={refusal === null ? undefined : 'lock-refusal'}
        isDisabled={refusal !== null}
        onClick={() => void confirmLock(act)}
      >
        {act === 'lock' ? t`Lock` : t`Unlock`}
      </Button>
      {refusal !== null && (
        <p id="lock-refusal" className="muted">
          {refusal}
        </p>
      )}
    </div>
  );
}
