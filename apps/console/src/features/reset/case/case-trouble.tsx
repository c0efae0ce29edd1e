import type { Reset } from '@latchkey/contract/reset';
import { hasCode } from '../../../api/api-error.ts';
import { explainFailure } from '../../../i18n/explain-failure.ts';
import { AskToLift } from '../../../session/ask-to-lift.tsx';
import { StepUpPrompt } from '../../../session/step-up-prompt.tsx';
import { Trouble } from '../../../ui/trouble.tsx';
import type { CaseAct } from '../reset-queries.ts';
import { toCaseIntent } from './case-intent.ts';

/** An act that was refused, and the act it was. */
export type CaseFailure = { readonly error: unknown; readonly act: CaseAct };

/** Why it was refused; a fresh sign-in comes back to it. */
export function CaseTrouble({ reset, failure }: { readonly reset: Reset; readonly failure: CaseFailure }) {
  const intent = toCaseIntent(reset, failure.act);
  if (hasCode(failure.error, 'step_up_required')) {
    return <StepUpPrompt scope={`user:${reset.user.userId}`} intent={intent} />;
  }
  const { reason, ticket } = reset;
  return (
    <>
      <Trouble {...explainFailure(failure.error, 'change')} />
      <AskToLift error={failure.error} why={ticket === null ? { reason } : { reason, ticket }} intent={intent} />
    </>
  );
}
