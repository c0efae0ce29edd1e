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
    case 'startReset':
      return t`Start a reset`;
    case 'takeOverReset':
      return t`Take over a reset`;
    case 'skipResetStep':
      return t`Skip a step of a reset`;
    case 'cancelReset':
      return t`Cancel a reset`;
    case 'finishReset':
      return t`Finish a reset`;
    case 'sendPasswordReset':
      return t`Send a mail to set a new password`;
    case 'sendPasskeyLink':
      return t`Send a link to register a passkey`;
    case 'tellUser':
      return t`Tell the user by mail`;
    case 'sendCallerCode':
      return t`Send a code to the caller`;
    case 'checkCallerCode':
      return t`Check the caller’s code`;
    case 'requestApproval':
      return t`Ask for approval`;
    case 'approve':
      return t`Approve`;
    case 'refuseApproval':
      return t`Refuse approval`;
    case 'withdrawApproval':
      return t`Take a request for approval back`;
    case 'disputeReset':
      return t`Say “this was not me”`;
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
