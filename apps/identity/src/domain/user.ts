import { type DomainError, failedPrecondition, notFound } from './errors.ts';

/** States of ZITADEL's `USER_STATE_*`. A deleted person keeps their events and loses their row. */
export type UserState = 'initial' | 'active' | 'inactive' | 'locked';

export type UserKind = 'human' | 'machine';

export type Gender = 'unspecified' | 'female' | 'male' | 'diverse';

/** What a lock, unlock and the like do, and from which states they may start (zitadel.md 3.2). */
export type StateChange = 'lock' | 'unlock' | 'deactivate' | 'reactivate';

/** v1 and v2 have commands, and so error ids, of their own. */
export type ApiVersion = 'v1' | 'v2';

interface StateChangeIds {
  readonly unknown: string;
  /** Refused from the state that the change leads to, or cannot start from. */
  readonly refused: string;
  readonly initial?: string;
}

const IDS: Record<ApiVersion, Record<StateChange, StateChangeIds>> = {
  v1: {
    lock: { unknown: 'COMMAND-5M9fs', refused: 'COMMAND-3NN8v' },
    unlock: { unknown: 'COMMAND-M0dos', refused: 'COMMAND-4M0ds' },
    deactivate: { unknown: 'COMMAND-3M9ds', refused: 'COMMAND-5M0sf', initial: 'COMMAND-ke0fw' },
    reactivate: { unknown: 'COMMAND-4M0sd', refused: 'COMMAND-6M0sf' },
  },
  v2: {
    lock: { unknown: 'COMMAND-450yxuqrh1', refused: 'COMMAND-lgws8wtsqf' },
    unlock: { unknown: 'COMMAND-x377t913pw', refused: 'COMMAND-olb9vb0oca' },
    deactivate: { unknown: 'COMMAND-5gp2p62iin', refused: 'COMMAND-5gunjw0cd7', initial: 'COMMAND-gvx4kct9r2' },
    reactivate: { unknown: 'COMMAND-9hy5kzbuk6', refused: 'COMMAND-s5qqcz97hf' },
  },
};

export function unknownUser(change: StateChange, version: ApiVersion): DomainError {
  return notFound(IDS[version][change].unknown, 'Errors.User.NotFound');
}

/**
 * Whether a person in this state may be locked, unlocked and so on.
 *
 * @throws DomainError with ZITADEL's id when not.
 */
export function checkStateChange(change: StateChange, state: UserState, version: ApiVersion): void {
  const ids = IDS[version][change];
  switch (change) {
    case 'lock':
      if (state !== 'active' && state !== 'initial') {
        throw failedPrecondition(ids.refused, 'Errors.User.ShouldBeActiveOrInitial');
      }
      return;
    case 'unlock':
      if (state !== 'locked') throw failedPrecondition(ids.refused, 'Errors.User.NotLocked');
      return;
    case 'deactivate':
      // v1 says not found here, v2 precondition: so they are in ZITADEL.
      if (state === 'initial') {
        const refuse = version === 'v1' ? notFound : failedPrecondition;
        throw refuse(ids.initial ?? ids.refused, 'Errors.User.CantDeactivateInitial');
      }
      if (state === 'inactive') throw failedPrecondition(ids.refused, 'Errors.User.AlreadyInactive');
      return;
    case 'reactivate':
      if (state !== 'inactive') throw failedPrecondition(ids.refused, 'Errors.User.NotInactive');
      return;
  }
}

/** The name shown where the person gave none. */
export function displayNameOf(givenName: string, familyName: string): string {
  return `${givenName} ${familyName}`.trim();
}
