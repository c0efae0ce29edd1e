import { failedPrecondition } from './errors.ts';

/** States of ZITADEL's `USER_STATE_*`. A deleted person keeps their events and loses their row. */
export type UserState = 'initial' | 'active' | 'inactive' | 'locked';

export type UserKind = 'human' | 'machine';

export type Gender = 'unspecified' | 'female' | 'male' | 'diverse';

/** What a lock, unlock and the like do, and from which states they may start (zitadel.md 3.2). */
export type StateChange = 'lock' | 'unlock' | 'deactivate' | 'reactivate';

/** Error ids of an unknown person, by what was to be done to them. */
export const UNKNOWN_USER_ID: Record<StateChange, string> = {
  lock: 'COMMAND-450yxuqrh1',
  unlock: 'COMMAND-x377t913pw',
  deactivate: 'COMMAND-5gp2p62iin',
  reactivate: 'COMMAND-9hy5kzbuk6',
};

/**
 * Whether a person in this state may be locked, unlocked and so on.
 *
 * @throws DomainError with ZITADEL's id when not.
 */
export function checkStateChange(change: StateChange, state: UserState): void {
  switch (change) {
    case 'lock':
      if (state !== 'active' && state !== 'initial') {
        throw failedPrecondition('COMMAND-lgws8wtsqf', 'Errors.User.ShouldBeActiveOrInitial');
      }
      return;
    case 'unlock':
      if (state !== 'locked') throw failedPrecondition('COMMAND-olb9vb0oca', 'Errors.User.NotLocked');
      return;
    case 'deactivate':
      if (state === 'initial') throw failedPrecondition('COMMAND-gvx4kct9r2', 'Errors.User.CantDeactivateInitial');
      if (state === 'inactive') throw failedPrecondition('COMMAND-5gunjw0cd7', 'Errors.User.AlreadyInactive');
      return;
    case 'reactivate':
      if (state !== 'inactive') throw failedPrecondition('COMMAND-s5qqcz97hf', 'Errors.User.NotInactive');
      return;
  }
}

/** The name shown where the person gave none. */
export function displayNameOf(givenName: string, familyName: string): string {
  return `${givenName} ${familyName}`.trim();
}
