import type { Allowance } from '@latchkey/contract/allowance';
import type { User } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { Link, useNavigate } from 'react-router';
import { isolate } from '../../i18n/isolate.ts';
import { startRefusal } from '../../i18n/start-refusal.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/button.tsx';

type StartResetProps = { readonly user: User; readonly startReset: Allowance };

const refusalId = 'start-refusal';

/** The way to the one case that does it all; absent while there is an open one, which the page names. */
export function StartReset({ user, startReset }: StartResetProps) {
  const navigate = useNavigate();
  if (user.openReset != null || user.state === 'deleted') return null;
  return (
    <Button
      tone="main"
      isDisabled={!startReset.allowed}
      aria-describedby={startReset.allowed ? undefined : refusalId}
      onClick={() => void navigate(paths.startReset(user.userId))}
    >{t`Start a reset`}</Button>
  );
}

/** Why this person cannot be reset by the viewer. */
export function StartRefused({ startReset }: Pick<StartResetProps, 'startReset'>) {
  if (startReset.allowed) return null;
  return (
    <p id={refusalId} className="refusal">
      {startRefusal(startReset).heading}.
    </p>
  );
}

/** A case of this person that is not over. */
export function OpenReset({ user: { openReset } }: { readonly user: User }) {
  if (openReset == null) return null;
  const agent = isolate(openReset.agentName);
  return (
    <p className="refusal">
      <strong>{t`There is an open reset of this person, which ${agent} has.`}</strong>{' '}
      <Link to={paths.reset(openReset.resetId)}>{t`Open the case`}</Link>
    </p>
  );
}
