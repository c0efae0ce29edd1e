const prefix = 'latchkey.kept.';

/**
 * Keeps something small in this tab over a reload, until the session ends. Counts and the like: nothing of a person.
 *
 * @param value anything that JSON can hold
 */
export function keep(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing for this page: it is worked out anew after a reload.
  }
}

/** What was kept under a name, whatever it is by now; undefined when there is none. */
export function kept(name: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(prefix + name) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Takes all of it away. */
export function forgetKept(): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name);
}
