import type { ActivityPage, ActivitySearch } from '@latchkey/contract/activity';
import type { AuditLog } from '../audit/audit-log.ts';
import { readAuditOf } from '../audit/read-audit.ts';
import { didActHappen } from '../changes/did-act-happen.ts';
import type { Actor } from '../guard/actor.ts';
import type { Store } from '../store/open-store.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { needFor } from '../zitadel/permission.ts';
import { listChanges } from '../zitadel/read/list-changes.ts';
import { readNames } from '../zitadel/read/read-names.ts';
import { readUser } from '../zitadel/read/read-user.ts';
import { toProblem } from '../zitadel/to-problem.ts';
import { usersIn } from './mentioned.ts';

export interface ActivityServiceOptions {
  readonly zitadel: Zitadel;
  readonly store: Store;
  readonly audit: AuditLog;
}

/**
 * What happened to a user, newest first: ZITADEL's changes, and what Latchkey did and why. Whoever may read the user may
 * read both (product.md, rule 7).
 *
 * A page is as many of ZITADEL's changes as were asked for, and all of Latchkey's acts of the same stretch of time.
 *
 * @throws Problem
 */
export async function getUserActivity(
  { zitadel, store, audit }: ActivityServiceOptions,
  actor: Actor,
  userId: string,
  { before, limit }: ActivitySearch,
): Promise<ActivityPage> {
  const user = await readUser(zitadel, actor.caller, userId);
  await audit.resolve(actor, { userId }, (act) => didActHappen(zitadel, actor.caller, act));
  const [sequence, until] = before?.split('_') ?? [];
  const events = await listChanges(zitadel, actor.caller, user, {
    before: sequence === undefined ? undefined : BigInt(sequence),
    limit,
  }).catch((error: unknown) => {
    throw toProblem(error, needFor('user.read', user.organisationId));
  });
  const last = events.length < limit ? undefined : events.at(-1);
  const from = last ? Date.parse(last.at) : 0;
  const records = await readAuditOf(store, userId, {
    from,
    until: until === undefined ? Number.MAX_SAFE_INTEGER : Number(until),
  });
  const entries = [...events, ...records].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  // Names only explain: without them the page shows ids.
  const names = await readNames(zitadel, actor.caller, usersIn(entries)).catch(() => new Map<string, string>());
  return { entries, names: Object.fromEntries(names), next: last ? `${last.sequence}_${from}` : null };
}
