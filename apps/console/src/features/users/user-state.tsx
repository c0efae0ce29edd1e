import type { UserState as UserStateKind } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { StateDot } from '../../ui/state-dot.tsx';

/** A person's state as ZITADEL has it, in a word. */
export function UserState({ state }: { readonly state: UserStateKind }) {
  switch (state) {
    case 'active':
      return <StateDot tone="ok" word={t`Active`} />;
    case 'inactive':
      return <StateDot tone="muted" word={t`Deactivated`} />;
    case 'locked':
      return <StateDot tone="danger" word={t`Locked`} />;
    case 'initial':
      return <StateDot tone="warn" word={t`Not set up`} />;
    case 'deleted':
      return <StateDot tone="muted" word={t`Deleted`} />;
  }
}
