import { t } from '@lingui/core/macro';
import { Help } from '../../ui/help.tsx';

/** What the end of an own session does and does not do. */
export function MeHelp() {
  return (
    <Help>
      <p>
        {t`Ending a session here takes that browser out of Latchkey: its session at ZITADEL and what other apps hold, refresh tokens too, live on.`}
      </p>
      <p>{t`Your roles are ZITADEL's and are asked for with every act; theme and language stay in this browser.`}</p>
    </Help>
  );
}
