/** Work that goes on when its request has been answered. */
export interface Runs {
  /** Whether the process is about to end: work stops at the next place where it can be taken up again. */
  readonly stopping: boolean;
  /** @param work does not throw. */
  start(work: () => Promise<void>): void;
  /** Resolves when everything has stopped. */
  stop(): Promise<void>;
}

export function createRuns(): Runs {
  const running = new Set<Promise<void>>();
  let stopping = false;
  return {
    get stopping() {
      return stopping;
    },
    start(work) {
      const run = work().finally(() => running.delete(run));
      running.add(run);
    },
    async stop() {
      stopping = true;
      await Promise.all(running);
    },
  };
}
