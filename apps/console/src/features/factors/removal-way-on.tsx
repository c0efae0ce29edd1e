import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { hasCode } from '../../api/api-error.ts';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { paths } from '../../paths.ts';
import { AskToLift } from '../../session/ask-to-lift.tsx';
import { cancelConfirmation } from '../../ui/confirm-store.ts';
import { Trouble } from '../../ui/trouble.tsx';
import type { RemovalIntent } from './use-confirm-removal.tsx';

type RemovalWayOnProps = {
  readonly userId: string;
  readonly error: unknown;
  readonly intent: RemovalIntent;
};

/** A removal that was refused, with the way on where there is one: a reset, or a second person. */
export function RemovalWayOn({ userId, error, intent }: RemovalWayOnProps) {
  return (
    <>
      <Trouble {...explainFailure(error, 'change')} />
      {hasCode(error, 'approval_required') && (
        <p>
          <Link to={paths.startReset(userId)} onClick={cancelConfirmation}>{t`Start a reset`}</Link>
        </p>
      )}
      <AskToLift error={error} why={intent.why} intent={intent} />
    </>
  );
}
