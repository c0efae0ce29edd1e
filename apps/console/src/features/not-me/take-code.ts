let taken: string | null = null;

/**
 * Takes the code of a mail's link out of the address, before anything else can look at it or keep it. It stands in the
 * fragment, which no server is sent, and it is kept in memory only.
 */
export function takeNotMeCode(): void {
  const { hash, pathname, search } = location;
  if (hash === '') return;
  history.replaceState(history.state, '', `${pathname}${search}`);
  taken = hash.slice(1).replace(/^code=/, '');
}

/** What was taken, as it stood there; null when the link had nothing. */
export const takenNotMeCode = (): string | null => taken;
