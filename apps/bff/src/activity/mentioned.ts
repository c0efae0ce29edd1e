import type { ActivityEntry } from '@latchkey/contract/activity';

/** The user something was done to; undefined for what concerns no one person. */
export function targetOf(entry: ActivityEntry): string | undefined {
  if (entry.source === 'latchkey') return 'userId' in entry.act ? entry.act.userId : undefined;
  return entry.target?.type === 'user' ? entry.target.id : undefined;
}

/** The ids of all users that entries mention: who did it, who asked for it, and to whom. */
export function usersIn(entries: readonly ActivityEntry[]): Set<string> {
  const askedBy = (entry: ActivityEntry) =>
    entry.source === 'latchkey' && 'agentId' in entry.act ? entry.act.agentId : undefined;
  const ids = entries.flatMap((entry) => [entry.actorId, askedBy(entry), targetOf(entry)]);
  return new Set(ids.filter((id) => id !== undefined));
}
