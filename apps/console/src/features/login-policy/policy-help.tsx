import { t } from '@lingui/core/macro';
import { Help } from '../../ui/help.tsx';

/** What a change of this policy does and does not do. */
export function PolicyHelp() {
  return (
    <Help>
      <p>
        {t`An organisation without a login policy of its own inherits this one; one that has its own is not touched by a change here.`}
      </p>
      <p>
        {t`A type that is removed is no longer asked for, but what people enrolled stays and is asked for again when it is added back.`}
      </p>
    </Help>
  );
}
