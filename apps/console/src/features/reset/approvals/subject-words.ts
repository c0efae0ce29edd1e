import type { ApprovalSubject } from '@latchkey/contract/approval';
import { t } from '@lingui/core/macro';
import { factorWord } from '../../../i18n/factor-words.ts';
import { isolate } from '../../../i18n/isolate.ts';

/** What is asked for, as a heading. */
export function subjectWords(subject: ApprovalSubject): string {
  switch (subject.kind) {
    case 'reset': {
      const name = isolate(subject.user.name);
      return t`Reset ${name}`;
    }
    case 'policy': {
      const type = factorWord(subject.type);
      return subject.act === 'removeSecondFactor'
        ? t`Remove ${type} from the login policy`
        : t`Add ${type} back to the login policy`;
    }
    case 'limit':
      return subject.limit === 'removals/h'
        ? t`Lift the limit of removals in an hour, once`
        : t`Lift the limit of removals in a day, once`;
  }
}
