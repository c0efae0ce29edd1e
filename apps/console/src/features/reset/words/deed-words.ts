import type { ResetDeed } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { deviceWords } from '../../../i18n/browser-words.ts';
import { factorWord } from '../../../i18n/factor-words.ts';
import { isolate } from '../../../i18n/isolate.ts';

/** What a step does, in words. */
export function deedWords(deed: ResetDeed): string {
  switch (deed.step) {
    case 'removeFactor': {
      const name = deedFactor(deed);
      return t`Remove ${name}`;
    }
    case 'lockUser':
      return t`Lock the account`;
    case 'endSession': {
      const device = isolate(deviceWords(deed.device));
      return t`End the session on ${device}`;
    }
    case 'endLaterSessions':
      return t`End the sessions that have begun meanwhile`;
    case 'sendPasswordReset':
      return t`Send a mail to set a new password`;
    case 'sendPasskeyLink':
      return t`Send a link to register a passkey`;
    case 'tellUser':
      return t`Tell the user by mail`;
    case 'unlockUser':
      return t`Unlock the account`;
  }
}

/** The factor that a step removes, by its word and its owner's name for it. */
export function deedFactor({ factor, name = '' }: Extract<ResetDeed, { step: 'removeFactor' }>): string {
  const word = factorWord(factor.kind);
  return name.trim() === '' ? word : `${word} ${isolate(name)}`;
}
