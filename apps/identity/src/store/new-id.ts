let last = 0n;

/**
 * A new id: 18 digits like ZITADEL's, unique and increasing within the process and, as the clock goes on, over restarts
 * (a process would have to make more than 100,000 a millisecond to run ahead of it).
 */
export function newId(): string {
  const now = BigInt(Date.now()) * 100_000n;
  last = now > last ? now : last + 1n;
  return last.toString();
}
