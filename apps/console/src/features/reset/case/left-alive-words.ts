import type { Reset } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { formatMoment } from '../../../i18n/format.ts';

/** What ZITADEL cannot cut, with its measure. */
export function leftAliveWords(
  reset: Pick<Reset, 'leftLocked' | 'tokensLiveUntil' | 'tokensLiveUntilIfLocked'>,
): string {
  const until = formatMoment(reset.tokensLiveUntil);
  const ifLocked = formatMoment(reset.tokensLiveUntilIfLocked);
  return reset.leftLocked
    ? t`Refresh tokens of ended sessions sleep while the account is locked. Unlocked before ${ifLocked} they can wake, and live until ${until} at most, as configured by your operator.`
    : t`Refresh tokens of ended sessions can live until ${until} at most, as configured by your operator. Only a lock stops them, while it lasts.`;
}
