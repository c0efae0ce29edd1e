import type { ResetAllowance } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { explainAllowance } from '../../../i18n/explain-allowance.ts';

/** Why a step cannot be in the case; null when it can. */
export function explainStep(allowance: ResetAllowance): string | null {
  if (allowance.allowed) return null;
  return allowance.because === 'state'
    ? t`ZITADEL refuses it in the state the account is in.`
    : explainAllowance(allowance);
}
