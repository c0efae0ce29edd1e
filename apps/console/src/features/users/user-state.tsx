import type { UserState as UserStateKind } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { StateDot } from '../../ui/state-dot.tsx';

const tones = { active: 'ok', inactive: 'muted', locked: 'danger', initial: 'warn', deleted: 'muted' } as const;

/** A person's state as ZITADEL has it. */
export function UserState({ state }: { readonly state: UserStateKind }) {
  return <StateDot tone={tones[state]} word={userStateWord(state)} />;
}

/** The same in a word. */
export function userStateWord(state: UserStateKind): string {
  switch (state) {
    case 'active':
      return t`Active`;
    case 'inactive':
      return t`Deactivated`;
    case 'locked':
      return t`Locked`;
    case 'initial':
      return t`Not set up`;
    case 'deleted':
      return t`Deleted`;
  }
}
