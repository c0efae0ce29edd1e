import type { Reset } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { Button } from '../../../ui/button.tsx';
import type { CaseActs } from './use-case-acts.ts';

type CaseActionsProps = { readonly reset: Reset; readonly acts: CaseActs };

/** What the viewer may do with the case now. The row keeps its height while there is nothing to press. */
export function CaseActions({ reset: { state, actions }, acts }: CaseActionsProps) {
  const { isBusy } = acts;
  return (
    <p className="form-buttons case-actions">
      {actions.run && (
        <Button tone="main" isDisabled={isBusy} onClick={acts.run}>
          {runWord(state)}
        </Button>
      )}
      {actions.requestApproval && (
        <Button tone="main" isDisabled={isBusy} onClick={acts.askForApproval}>{t`Ask for approval`}</Button>
      )}
      {actions.takeOver && <Button isDisabled={isBusy} onClick={acts.takeOver}>{t`Take over`}</Button>}
      {actions.cancel && <Button tone="danger" isDisabled={isBusy} onClick={acts.cancel}>{t`Cancel the case`}</Button>}
    </p>
  );
}

function runWord(state: Reset['state']): string {
  switch (state) {
    case 'stopped':
      return t`Run again`;
    case 'interrupted':
      return t`Resume`;
    case 'planned':
    case 'waiting':
    case 'refused':
    case 'running':
    case 'done':
    case 'cancelled':
      return t`Run`;
  }
}
