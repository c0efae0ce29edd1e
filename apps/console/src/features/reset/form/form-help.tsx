import { t } from '@lingui/core/macro';
import { Help } from '../../../ui/help.tsx';

/** What a reset can and cannot make of an account. */
export function FormHelp() {
  return (
    <Help>
      <p>
        {t`Removing factors and ending sessions leaves refresh tokens alive: only a lock stops those, and only while it lasts.`}
      </p>
      <p>
        {t`What the next sign-in asks follows the login policy of the person's organisation, or else the instance's, which it inherits.`}
      </p>
    </Help>
  );
}
