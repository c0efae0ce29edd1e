import type { ResetOptions } from '@latchkey/contract/reset';
import { plural, t } from '@lingui/core/macro';
import { formatNumber, formatTime } from '../../../i18n/format.ts';
import { approvalBecause, tooFewWords } from '../words/approval-words.ts';

/** What there is to know before the case is stored: who has to agree, whom it tells, how many more there may be. */
export function BeforeContinue({ options: { approval, notice, brake } }: { readonly options: ResetOptions }) {
  return (
    <div className="before-continue">
      {approval !== null && (
        <p className="refusal">
          <strong>{t`This needs a second person.`}</strong> {approvalBecause(approval.because)}{' '}
          {approval.approvers === 0 && tooFewWords()}
        </p>
      )}
      <p className="muted">{noticeWords(notice)}</p>
      <p className={brake.left > 0 ? 'muted' : 'refusal'}>{brakeWords(brake)}</p>
    </div>
  );
}

function noticeWords({ address, mail, notMe }: ResetOptions['notice']): string {
  if (!mail) return t`The person is not told by mail: no mail server is set up.`;
  if (address === null) return t`The person cannot be told: no verified address is on record.`;
  const to = `\u2066${address}\u2069`;
  return notMe
    ? t`Latchkey tells the person by mail to ${to}, with a button for “this was not me”.`
    : t`Latchkey tells the person by mail to ${to}.`;
}

function brakeWords({ left, limit, endsAt }: ResetOptions['brake']): string {
  const count = formatNumber(left);
  if (left > 0) {
    return plural(left, { one: 'You may start 1 more this hour.', other: `You may start ${count} more this hour.` });
  }
  const most = formatNumber(limit);
  const time = endsAt === null ? null : formatTime(endsAt);
  return time === null
    ? t`You have started ${most} this hour, which is the most there may be.`
    : t`You have started ${most} this hour, which is the most there may be. You may go on at ${time}.`;
}
