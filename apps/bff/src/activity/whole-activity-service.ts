import type {
  Act,
  ActivityEntry,
  ActivityKind,
  ActivityPage,
  AuditRecord,
  WholeActivitySearch,
} from '@latchkey/contract/activity';
import { searchAudit } from '../audit/read-audit.ts';
import type { Actor } from '../guard/actor.ts';
import { listEvents } from '../zitadel/read/list-events.ts';
import { readNames } from '../zitadel/read/read-names.ts';
import { readOwnPermissions } from '../zitadel/read/read-roles.ts';
import { toProblem } from '../zitadel/to-problem.ts';
import type { ActivityServiceOptions } from './activity-service.ts';
import { targetOf, usersIn } from './mentioned.ts';
import { mergeStreams, type Stream } from './merge-streams.ts';

const millisecond = 1_000_000n;

/** The acts of Latchkey that belong to a kind. */
const actsOf: Record<ActivityKind, readonly Act['act'][]> = {
  factors: ['removeFactor'],
  policy: ['removeSecondFactor', 'addSecondFactor'],
  locks: ['lockUser', 'unlockUser'],
  sessions: ['endSession'],
  passwords: [],
  accounts: [],
};

/**
 * What happened everywhere, newest first. Holders of `events.read` see ZITADEL's events and all that Latchkey did;
 * others what they did themselves, and what was done to people they may read (product.md, rule 7).
 *
 * @throws Problem
 */
export async function getWholeActivity(
  options: ActivityServiceOptions,
  actor: Actor,
  search: WholeActivitySearch,
): Promise<ActivityPage> {
  const stretch = toStretch(search);
  try {
    const permissions = await readOwnPermissions(options.zitadel, actor.caller);
    const readsAll = permissions.has('events.read');
    const { entries, next } = mergeStreams<ActivityEntry>([
      readsAll ? await streamEvents(options, actor, search, stretch) : { entries: [], hasMore: false },
      await streamAudit(options, search, stretch),
    ]);
    const names = await readNames(options.zitadel, actor.caller, usersIn(entries));
    const isVisible = (entry: ActivityEntry) => {
      // Whoever is not among the names is not the actor's to see, nor are others' acts on the policy.
      return readsAll || entry.actorId === actor.userId || names.has(targetOf(entry) ?? '');
    };
    return {
      entries: entries.filter(isVisible),
      names: Object.fromEntries(names),
      next: next === undefined ? null : String(next),
      scope: readsAll ? 'all' : 'own',
    };
  } catch (error) {
    throw toProblem(error);
  }
}

/** Nanoseconds since the epoch, the finer of the two sources' units. */
interface Stretch {
  readonly from: bigint;
  readonly before: bigint | undefined;
}

function toStretch({ before, from, until }: WholeActivitySearch): Stretch {
  const bounds = [
    ...(before === undefined ? [] : [BigInt(before)]),
    ...(until === undefined ? [] : [BigInt(Date.parse(until)) * millisecond]),
  ];
  return {
    from: from === undefined ? 0n : BigInt(Date.parse(from)) * millisecond,
    before: bounds.length === 0 ? undefined : bounds.reduce((a, b) => (a < b ? a : b)),
  };
}

async function streamEvents(
  { zitadel }: ActivityServiceOptions,
  actor: Actor,
  { kind, userId, actorId, limit }: WholeActivitySearch,
  stretch: Stretch,
): Promise<Stream<ActivityEntry>> {
  return await listEvents(zitadel, actor.caller, { kind, userId, actorId, limit, ...stretch });
}

async function streamAudit(
  { store }: ActivityServiceOptions,
  { kind, userId, actorId, limit }: WholeActivitySearch,
  { from, before }: Stretch,
): Promise<Stream<AuditRecord>> {
  const until = before === undefined ? Number.MAX_SAFE_INTEGER : Number((before + millisecond - 1n) / millisecond);
  const acts = kind && actsOf[kind];
  const records =
    acts?.length === 0
      ? []
      : await searchAudit(store, { userId, actorId, acts, limit, until, from: Number(from / millisecond) });
  const entries = records.map((entry) => ({ at: BigInt(Date.parse(entry.at)) * millisecond, entry }));
  return { entries, hasMore: records.length >= limit };
}
