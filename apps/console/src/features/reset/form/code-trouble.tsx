import { hasCode } from '../../../api/api-error.ts';
import { explainFailure } from '../../../i18n/explain-failure.ts';
import { StepUpPrompt } from '../../../session/step-up-prompt.tsx';
import { Trouble } from '../../../ui/trouble.tsx';
import type { CallerCodeActs } from './use-caller-code.ts';

/** Why a code was not sent or not checked. */
export function CodeTrouble({ acts: { error, scope, intent } }: { readonly acts: CallerCodeActs }) {
  if (error === null || intent === null || hasCode(error, 'code_wrong')) return null;
  if (hasCode(error, 'step_up_required')) return <StepUpPrompt scope={scope} intent={intent} />;
  return <Trouble {...explainFailure(error, 'change')} />;
}
