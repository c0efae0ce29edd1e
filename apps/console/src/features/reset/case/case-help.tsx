import { t } from '@lingui/core/macro';
import { Help } from '../../../ui/help.tsx';

/** What the steps of a case leave as it was. */
export function CaseHelp() {
  return (
    <Help>
      <p>{t`Each step is a call of its own to ZITADEL, which takes none of them back: a factor that is gone is set up anew.`}</p>
      <p>
        {t`A lock stops sessions and refresh tokens only while it lasts, and no step touches the login policy that the person inherits.`}
      </p>
    </Help>
  );
}
