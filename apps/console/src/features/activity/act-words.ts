import type { Act, ActOutcome } from '@latchkey/contract/activity';
import { t } from '@lingui/core/macro';
import { factorWord } from '../../i18n/factor-words.ts';
import { isolate } from '../../i18n/isolate.ts';

/** What Latchkey did, in words. */
export function actWords(act: Act): string {
  switch (act.act) {
    case 'removeFactor': {
      const word = factorWord(act.factor.kind);
      const factor = act.name ? `${word} ${isolate(act.name)}` : word;
      return t`Remove ${factor}`;
    }
    case 'removeSecondFactor': {
      const type = factorWord(act.type);
      return t`Remove ${type} from the login policy`;
    }
    case 'addSecondFactor': {
      const type = factorWord(act.type);
      return t`Add ${type} back to the login policy`;
    }
    case 'endSession':
      return t`End a session`;
    case 'lockUser':
      return t`Lock the account`;
    case 'unlockUser':
      return t`Unlock the account`;
  }
}

/** What became of it, in a word. */
export function outcomeWords(outcome: ActOutcome): string {
  switch (outcome) {
    case 'done':
      return t`done`;
    case 'unneeded':
      return t`was so already`;
    case 'notDone':
      return t`not done`;
    case 'refused':
      return t`refused by ZITADEL`;
    case 'unknown':
      return t`outcome unknown`;
  }
}
