import type { ApprovalBody } from '@latchkey/contract/approval';
import { t } from '@lingui/core/macro';
import { hasCode, toFailure } from '../api/api-error.ts';
import { useRequestApproval } from '../api/approvals-query.ts';
import { explainFailure } from '../i18n/explain-failure.ts';
import { Button } from '../ui/button.tsx';
import type { Why } from '../ui/confirm-store.ts';
import { Trouble } from '../ui/trouble.tsx';
import { StepUpPrompt } from './step-up-prompt.tsx';

type LiftableLimit = Extract<ApprovalBody, { kind: 'limit' }>['limit'];

type AskToLiftProps = {
  /** What was refused. */
  readonly error: unknown;
  readonly why: Why;
  /** What to come back to, should asking want a fresh sign-in. */
  readonly intent: object;
};

/** Asks a second person to lift the limit that stopped an act, once; nothing where no such limit did. */
export function AskToLift({ error, why, intent }: AskToLiftProps) {
  const limit = liftableLimit(error);
  const request = useRequestApproval();
  if (limit === null) return null;
  if (request.isSuccess) {
    return <p role="status">{t`Asked. Once a second administrator has approved it, try again.`}</p>;
  }
  // What is good for one person only does not open a request about a limit.
  if (hasCode(request.error, 'step_up_required')) return <StepUpPrompt scope={null} intent={intent} />;
  return (
    <>
      <p>
        <Button isDisabled={request.isPending} onClick={() => request.mutate({ kind: 'limit', limit, ...why })}>
          {t`Ask a second administrator`}
        </Button>
      </p>
      {request.error && <Trouble {...explainFailure(request.error, 'change')} />}
    </>
  );
}

/** The limit that stopped it, if a second person may lift it. */
function liftableLimit(error: unknown): LiftableLimit | null {
  const failure = toFailure(error);
  const limit = failure.kind === 'problem' ? failure.problem.limit : undefined;
  return limit === 'removals/h' || limit === 'removals/d' ? limit : null;
}
