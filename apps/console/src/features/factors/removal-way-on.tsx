import type { ApprovalBody } from '@latchkey/contract/approval';
import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { hasCode, toFailure } from '../../api/api-error.ts';
import { useRequestApproval } from '../../api/approvals-query.ts';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { paths } from '../../paths.ts';
import { StepUpPrompt } from '../../session/step-up-prompt.tsx';
import { Button } from '../../ui/button.tsx';
import { cancelConfirmation, type Why } from '../../ui/confirm-store.ts';
import { Trouble } from '../../ui/trouble.tsx';
import type { RemovalIntent } from './use-confirm-removal.tsx';

type LiftableLimit = Extract<ApprovalBody, { kind: 'limit' }>['limit'];

type RemovalWayOnProps = {
  readonly userId: string;
  readonly error: unknown;
  readonly intent: RemovalIntent;
};

/** A removal that was refused, with the way on where there is one: a reset, or a second person. */
export function RemovalWayOn({ userId, error, intent }: RemovalWayOnProps) {
  const limit = liftableLimit(error);
  return (
    <>
      <Trouble {...explainFailure(error, 'change')} />
      {hasCode(error, 'approval_required') && (
        <p>
          <Link to={paths.startReset(userId)} onClick={cancelConfirmation}>{t`Start a reset`}</Link>
        </p>
      )}
      {limit !== null && <AskToLift limit={limit} intent={intent} />}
    </>
  );
}

/** The limit that stopped it, if a second person may lift it. */
function liftableLimit(error: unknown): LiftableLimit | null {
  const failure = toFailure(error);
  const limit = failure.kind === 'problem' ? failure.problem.limit : undefined;
  return limit === 'removals/h' || limit === 'removals/d' ? limit : null;
}

type AskToLiftProps = { readonly limit: LiftableLimit; readonly intent: RemovalIntent };

function AskToLift({ limit, intent }: AskToLiftProps) {
  const { mutate, isPending, isSuccess, error } = useRequestApproval();
  const why: Why = intent.why;
  if (isSuccess) {
    return <p role="status">{t`Asked. Once a second administrator has approved it, remove this again.`}</p>;
  }
  if (hasCode(error, 'step_up_required')) return <StepUpPrompt scope={null} intent={intent} />;
  return (
    <>
      <p>
        <Button isDisabled={isPending} onClick={() => mutate({ kind: 'limit', limit, ...why })}>
          {t`Ask a second administrator`}
        </Button>
      </p>
      {error && <Trouble {...explainFailure(error, 'change')} />}
    </>
  );
}
