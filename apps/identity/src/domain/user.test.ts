import { describe, expect, it } from 'vitest';
import { checkStateChange, displayNameOf, type StateChange, type UserState, unknownUser } from './user.ts';

const STATES: readonly UserState[] = ['initial', 'active', 'inactive', 'locked'];

/** zitadel.md 3.2; what is not here is allowed. */
const REFUSED: Record<StateChange, Partial<Record<UserState, string>>> = {
  lock: { inactive: 'COMMAND-lgws8wtsqf', locked: 'COMMAND-lgws8wtsqf' },
  unlock: { initial: 'COMMAND-olb9vb0oca', active: 'COMMAND-olb9vb0oca', inactive: 'COMMAND-olb9vb0oca' },
  deactivate: { initial: 'COMMAND-gvx4kct9r2', inactive: 'COMMAND-5gunjw0cd7' },
  reactivate: { initial: 'COMMAND-s5qqcz97hf', active: 'COMMAND-s5qqcz97hf', locked: 'COMMAND-s5qqcz97hf' },
};

const cases = (Object.keys(REFUSED) as StateChange[]).flatMap((change) =>
  STATES.map((state) => ({ change, state, id: REFUSED[change][state] })),
);

describe('a change of state', () => {
  it.each(cases)('$change of somebody $state: $id', ({ change, state, id }) => {
    if (id === undefined) expect(() => checkStateChange(change, state, 'v2')).not.toThrow();
    else
      expect(() => checkStateChange(change, state, 'v2')).toThrow(
        expect.objectContaining({ id, kind: 'failed-precondition' }),
      );
  });
});

it('has ids of its own in v1', () => {
  expect(() => checkStateChange('lock', 'locked', 'v1')).toThrow(expect.objectContaining({ id: 'COMMAND-3NN8v' }));
  expect(() => checkStateChange('deactivate', 'initial', 'v1')).toThrow(
    expect.objectContaining({ id: 'COMMAND-ke0fw', kind: 'not-found' }),
  );
  expect(unknownUser('unlock', 'v1')).toMatchObject({ id: 'COMMAND-M0dos', kind: 'not-found' });
  expect(unknownUser('unlock', 'v2')).toMatchObject({ id: 'COMMAND-x377t913pw', kind: 'not-found' });
});

it('makes a name of what there is', () => {
  expect(displayNameOf('Ada', 'Keller')).toBe('Ada Keller');
  expect(displayNameOf('Ada', '')).toBe('Ada');
});
