import type { ResetState, ResetStep } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { whatToAskFor } from '../../../i18n/explain-problem.ts';
import { isolate } from '../../../i18n/isolate.ts';

/** A state, for the eye and in a word. */
export type StateWords = { readonly tone: 'ok' | 'warn' | 'danger' | 'muted'; readonly word: string };

/** How a case stands. */
export function resetState(state: ResetState): StateWords {
  switch (state) {
    case 'planned':
      return { tone: 'muted', word: t`Planned` };
    case 'waiting':
      return { tone: 'warn', word: t`Waiting for a second person` };
    case 'refused':
      return { tone: 'danger', word: t`Refused` };
    case 'running':
      return { tone: 'warn', word: t`Running` };
    case 'interrupted':
      return { tone: 'danger', word: t`Interrupted` };
    case 'stopped':
      return { tone: 'danger', word: t`Stopped` };
    case 'done':
      return { tone: 'ok', word: t`Done` };
    case 'cancelled':
      return { tone: 'muted', word: t`Cancelled` };
  }
}

/** How a step stands. @param isRunning whether its case runs: what was tried and not answered is then under way */
export function stepState(state: ResetStep['state'], isRunning: boolean): StateWords {
  switch (state) {
    case 'planned':
      return { tone: 'muted', word: t`to do` };
    case 'tried':
      return isRunning ? { tone: 'warn', word: t`under way` } : { tone: 'warn', word: t`not answered` };
    case 'done':
      return { tone: 'ok', word: t`done` };
    case 'unneeded':
      return { tone: 'ok', word: t`was so already` };
    case 'waiting':
      return { tone: 'warn', word: t`tried again by itself` };
    case 'notDone':
      return { tone: 'danger', word: t`not done` };
    case 'refused':
      return { tone: 'danger', word: t`refused by ZITADEL` };
    case 'unknown':
      return { tone: 'danger', word: t`outcome unknown` };
    case 'skipped':
      return { tone: 'muted', word: t`skipped` };
  }
}

/** Why a step was or will be left out. */
export function skipWords({ skipped, permission, role }: ResetStep): string | null {
  if (skipped === null) return null;
  switch (skipped.because) {
    case 'agent': {
      const reason = isolate(skipped.reason ?? '');
      return t`Skipped by the agent: ${reason}`;
    }
    case 'permission':
      return `${t`The agent’s role does not allow it.`} ${whatToAskFor(permission ?? undefined, role ?? undefined)}`;
    case 'locked':
      return t`ZITADEL refuses it while the account is locked.`;
    case 'state':
      return t`ZITADEL refuses it in the state the account is in.`;
    case 'noAddress':
      return t`No verified address is on record.`;
    case 'noMail':
      return t`No mail server is set up.`;
    case 'disputed':
      return t`“This was not me” was pressed: the account stays locked.`;
  }
}

/** Whether a step is over, well: it does not count any more against the case. */
export const isSettled = ({ state }: Pick<ResetStep, 'state'>): boolean =>
  state === 'done' || state === 'unneeded' || state === 'skipped' || state === 'waiting';

/** Whether a step was tried and failed: the case stopped at it. */
export const hasFailed = ({ state }: Pick<ResetStep, 'state'>): boolean =>
  state === 'notDone' || state === 'refused' || state === 'unknown';
