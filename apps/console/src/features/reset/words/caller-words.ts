import type { CallerCheck, CodeChannel } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { factorWord } from '../../../i18n/factor-words.ts';

/** How a caller is verified. */
export type CallerHow = CallerCheck['how'];

/** A way to verify a caller, as it is called. */
export function callerWords(how: CallerHow): string {
  switch (how) {
    case 'callBack':
      return t`Call back to the number on record`;
    case 'videoWithBadge':
      return t`Video call with badge`;
    case 'managerConfirms':
      return t`The manager confirms`;
    case 'code':
      return t`Code to a remaining channel`;
  }
}

/** How to do it so that it proves something. */
export function callerGuidance(how: CallerHow): string {
  switch (how) {
    case 'callBack':
      return t`Hang up and dial the number that stands here, never one that the caller gives you.`;
    case 'videoWithBadge':
      return t`See face and badge at the same time, let them turn both, and compare with the picture on record.`;
    case 'managerConfirms':
      return t`Reach the manager yourself, by the directory. A message, or a call that the caller sets up, proves nothing.`;
    case 'code':
      return t`Latchkey sends a code to what the caller still holds, and you type what they read out. Not to what they lost.`;
  }
}

/** Where a code goes. @param to masked */
export function channelWords({ channel, to }: { readonly channel: CodeChannel; readonly to: string }): string {
  return `${factorWord(channel)}: \u2066${to}\u2069`;
}
