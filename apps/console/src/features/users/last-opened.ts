let lastOpened: string | null = null;

/** Remembers whose page was opened from the list, so that the row can be marked on the way back. */
export function rememberOpened(userId: string): void {
  lastOpened = userId;
}

/** Whose page was opened last, in this tab. */
export const lastOpenedUserId = (): string | null => lastOpened;
