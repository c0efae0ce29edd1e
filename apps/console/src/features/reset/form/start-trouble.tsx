import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { hasCode, toFailure } from '../../../api/api-error.ts';
import { explainFailure } from '../../../i18n/explain-failure.ts';
import { paths } from '../../../paths.ts';
import { StepUpPrompt } from '../../../session/step-up-prompt.tsx';
import { Trouble } from '../../../ui/trouble.tsx';
import type { FormIntent } from './form-intent.ts';
import type { ResetForm } from './form-state.ts';

type StartTroubleProps = { readonly userId: string; readonly form: ResetForm; readonly error: unknown };

/** Why the case was not stored, and the way on. */
export function StartTrouble({ userId, form, error }: StartTroubleProps) {
  if (hasCode(error, 'step_up_required')) {
    return <StepUpPrompt scope={`user:${userId}`} intent={{ act: 'startReset', form } satisfies FormIntent} />;
  }
  const failure = toFailure(error);
  const resetId = failure.kind === 'problem' ? failure.problem.resetId : undefined;
  return (
    <>
      <Trouble {...explainFailure(error, 'change')} />
      {resetId !== undefined && (
        <p>
          <Link to={paths.reset(resetId)}>{t`Open the case`}</Link>
        </p>
      )}
    </>
  );
}
