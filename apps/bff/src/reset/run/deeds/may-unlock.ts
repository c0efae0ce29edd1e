import type { ResetStep } from '@latchkey/contract/reset';

/**
 * Whether everything that guards an account stands, so that it may be used again: each session ended, each factor removed,
 * or left out by the agent or from the beginning. Recovery codes of an account that was locked before come after the
 * unlock, because ZITADEL does not remove them from a locked one.
 */
export function mayUnlock(steps: readonly ResetStep[]): boolean {
  const unlock = steps.findIndex(({ deed }) => deed.step === 'unlockUser');
  return steps.slice(0, unlock).every(({ deed, state }) => !isGuarding(deed) || isSettledSafely(state));
}

/** Whether a deed is one of those that guard an account. */
export function isGuarding({ step }: ResetStep['deed']): boolean {
  switch (step) {
    case 'removeFactor':
    case 'endSession':
    case 'endLaterSessions':
    case 'lockUser':
      return true;
    case 'sendPasswordReset':
    case 'sendPasskeyLink':
    case 'tellUser':
    case 'unlockUser':
      return false;
  }
}

const isSettledSafely = (state: ResetStep['state']): boolean =>
  state === 'done' || state === 'unneeded' || state === 'skipped';
