import type { Dispute } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { formatTime } from '../../i18n/format.ts';
import { isolate } from '../../i18n/isolate.ts';

type DisputedProps = { readonly name: string; readonly dispute: Dispute | null | undefined };

/** That somebody pressed "this was not me", and when. */
export function disputedWords(displayName: string, { at }: Dispute): string {
  const name = isolate(displayName);
  const time = formatTime(at);
  return t`${name} pressed “this was not me”: ${time}.`;
}

/** What nobody who helps this person must overlook; nothing when there is nothing. */
export function Disputed({ name, dispute }: DisputedProps) {
  if (dispute == null) return null;
  return (
    <div className="disputed" role="alert">
      <p>
        <strong>{disputedWords(name, dispute)}</strong>{' '}
        {t`Whoever called about the reset may have been an attacker: find out before anybody unlocks the account.`}
      </p>
    </div>
  );
}
