import { t } from '@lingui/core/macro';
import { Help } from '../../ui/help.tsx';

/** What a removal does and does not do. */
export function FactorsHelp() {
  return (
    <Help>
      <p>
        {t`Removing a factor ends nothing that is open: sessions keep the check they were made with, and refresh tokens live on.`}
      </p>
      <p>{t`Only a lock stops both at once, and only while it lasts.`}</p>
    </Help>
  );
}
