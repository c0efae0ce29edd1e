/** The present, epoch milliseconds. Handed in wherever time decides, so that a test can let eight hours pass. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
