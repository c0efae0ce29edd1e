/** How long ZITADEL's read side may lag behind its writes before we stop waiting for it (zitadel-oidc.md 10). */
const patienceMs = 2_000;
const pauseMs = 100;

/**
 * Reads again until what was read satisfies `settled`, for two seconds at most: ZITADEL answers a change before its
 * read side has it.
 *
 * @returns what was read last, settled or not.
 * @throws whatever the first read throws; a later failure only ends the waiting.
 */
export async function readUntil<Value>(read: () => Promise<Value>, settled: (value: Value) => boolean): Promise<Value> {
  const until = Date.now() + patienceMs;
  let last = await read();
  while (!settled(last) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    try {
      last = await read();
    } catch {
      return last;
    }
  }
  return last;
}
