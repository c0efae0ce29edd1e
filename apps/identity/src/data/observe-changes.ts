import type { Store } from '../store/open-store.ts';

/** A store that tells of its changes. */
export interface ObservedStore extends Store {
  /** `listener` is called after each change that is durable. It must not throw. */
  onChange(listener: () => void): void;
}

export function observeChanges(store: Store): ObservedStore {
  const listeners: (() => void)[] = [];
  return {
    ...store,
    async change(work) {
      const result = await store.change(work);
      for (const listener of listeners) listener();
      return result;
    },
    onChange: (listener) => listeners.push(listener),
  };
}
