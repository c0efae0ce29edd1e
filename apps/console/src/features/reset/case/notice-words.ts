import type { Reset } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { formatTime } from '../../../i18n/format.ts';

/** What became of the mail to the person. */
export function noticeWords({ notice }: Pick<Reset, 'notice'>): string {
  if (notice === null) return t`Nothing was sent.`;
  const address = `\u2066${notice.address ?? ''}\u2069`;
  switch (notice.state) {
    case 'sent':
      return notice.notMe
        ? t`A mail was sent to ${address}, with a button for “this was not me”.`
        : t`A mail was sent to ${address}.`;
    case 'waiting': {
      const time = notice.nextAttemptAt === null ? '' : formatTime(notice.nextAttemptAt);
      return t`The mail to ${address} could not be sent yet. It is tried again at ${time}.`;
    }
    case 'failed':
      return t`The mail to ${address} could not be sent, and is not tried again. Tell the person yourself.`;
    case 'noAddress':
      return t`Nothing was sent: no verified address is on record. Tell the person yourself.`;
    case 'noMail':
      return t`Nothing was sent: no mail server is set up. Tell the person yourself.`;
  }
}
