import type { Reset, ResetState } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { useEffect, useRef } from 'react';
import { announce } from '../../../ui/announce.tsx';
import { focusPageTitle } from '../../../ui/page-title.tsx';
import { resetState } from '../words/state-words.ts';

/**
 * Says the few moments of a case that matter to somebody who hears the page, and gives the focus to the heading when the
 * case ends while it is watched, or when what had the focus is gone.
 */
export function useCaseNews({ state }: Pick<Reset, 'state'>): void {
  const before = useRef<ResetState>(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    announce(newsWords(state));
    // A button that was pressed is gone with the state that offered it. While the case runs nothing is to move.
    const isLost = document.activeElement === document.body && state !== 'running';
    if (state === 'done' || isLost) focusPageTitle();
  }, [state]);
}

function newsWords(state: ResetState): string {
  switch (state) {
    case 'running':
      return t`The case runs.`;
    case 'done':
      return t`The case is done.`;
    case 'stopped':
      return t`The case stopped at a step.`;
    case 'planned':
    case 'waiting':
    case 'refused':
    case 'interrupted':
    case 'cancelled':
      return resetState(state).word;
  }
}
