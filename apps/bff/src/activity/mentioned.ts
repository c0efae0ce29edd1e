import type { ActivityEntry } from '@latchkey/contract/activity';

/** The user something was done to; undefined for what concerns no one person. */
export function targetOf(entry: ActivityEntry): string | undefined {
  if (entry.source === 'latchkey') return 'userId' in entry.act ? entry.act.userId : undefined;
  return entry.target?.type === 'user' ? entry.target.id : undefined;
}

/** The ids of all users that entries mention: who did it, and to whom. */
export function usersIn(entries: readonly ActivityEntry[]): Set<string> {
  const ids = entries.flatMap((entry) => [entry.actorId, targetOf(entry)]);
  return new Set(ids.filter((id) => id !== undefined));
}
