import type { Allowance } from '@latchkey/contract/allowance';
import { t } from '@lingui/core/macro';
import { explainAllowance } from './explain-allowance.ts';

type Refusal = Extract<Allowance, { allowed: false }>;

/** Why somebody cannot be reset by the viewer: a heading, and what to do. */
export type StartRefusal = { readonly heading: string; readonly todo: string };

/** The words for a reset that may not be started. */
export function startRefusal(refusal: Refusal | { readonly allowed: false; readonly because: 'state' }): StartRefusal {
  switch (refusal.because) {
    case 'self':
      return { heading: t`You cannot reset yourself`, todo: t`Ask a colleague: nobody resets themselves here.` };
    case 'rank':
      return {
        heading: t`You may not reset somebody with a higher role`,
        todo: t`This person holds an admin role that yours does not cover. Ask somebody whose role covers theirs.`,
      };
    case 'permission':
      return { heading: t`Your role does not allow a reset`, todo: explainAllowance(refusal) ?? '' };
    case 'state':
      return {
        heading: t`This account cannot be reset`,
        todo: t`ZITADEL refuses it in the state the account is in.`,
      };
  }
}
