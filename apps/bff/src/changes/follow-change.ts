import { mayHaveHappened } from '../zitadel/to-problem.ts';
import type { Change } from './make-change.ts';

/** Watches a change, for whoever must not let another begin before it is over. */
export interface Follower {
  /** @returns what is to be made in place of the change. */
  readonly follow: <State>(change: Change<State>) => Change<State>;
  /**
   * Whether nothing of it can be still to come, so that what is read now is what there is: it was never asked for, ZITADEL
   * answered that it was not made, or it was seen. Without an answer it may be executed later; confirmed and not seen, the
   * next one to read would still see what was before.
   */
  readonly isOver: () => boolean;
}

export function createFollower(): Follower {
  let isOver = true;
  return {
    follow: (change) => ({
      ...change,
      make: async () => {
        isOver = false;
        try {
          await change.make();
        } catch (error) {
          isOver = !mayHaveHappened(error);
          throw error;
        }
      },
      read: async () => {
        const state = await change.read();
        isOver ||= change.isDone(state);
        return state;
      },
    }),
    isOver: () => isOver,
  };
}
