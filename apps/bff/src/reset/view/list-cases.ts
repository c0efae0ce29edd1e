import type { ResetList, ResetSearch, ResetSummary } from '@latchkey/contract/reset';
import type { Actor } from '../../guard/actor.ts';
import { readDispute } from '../../notices/tell-user.ts';
import type { ResetRow } from '../../store/reset-tables.ts';
import { readNames } from '../../zitadel/read/read-names.ts';
import { toProblem } from '../../zitadel/to-problem.ts';
import { stateOf } from '../case/case-state.ts';
import { toStep } from '../case/case-store.ts';
import { selectLeftLocked } from '../case/left-locked.ts';
import type { ResetParts } from '../reset-parts.ts';
import { closeIfRefused, findCaseApproval } from './close-if-refused.ts';
import { toSummary } from './to-reset.ts';
import { isOwn } from './view-case.ts';

/** Open cases are few; of more than these the oldest are not listed until others have ended. */
const mostOpen = 200;
/** How many pages of cases that are not the viewer's to see are passed over for one page of theirs. */
const mostChunks = 10;

/** The cases the viewer may see: their own, and those of people they may read. Open ones come on the first page. */
export async function listCases(parts: ResetParts, viewer: Actor, search: ResetSearch): Promise<ResetList> {
  if (search.locked) {
    const locked = selectLeftLocked(parts.store).selectAll('resets').orderBy('created_at', 'desc').limit(mostOpen);
    const rows = await keepVisible(parts, viewer, await locked.execute());
    return { resets: await summarise(parts, rows), next: null };
  }
  const withOpen = search.open !== 'false' && search.before === undefined;
  const open = withOpen ? await summarise(parts, await keepVisible(parts, viewer, await findOpen(parts, search))) : [];
  if (search.open === 'true') return { resets: open, next: null };
  const { rows, next } = await findOver(parts, viewer, search);
  return { resets: [...open, ...(await summarise(parts, rows))], next };
}

function findOpen({ store }: ResetParts, { userId }: ResetSearch): Promise<ResetRow[]> {
  const open = store.selectFrom('resets').selectAll().where('open_user_id', 'is not', null);
  const wanted = userId === undefined ? open : open.where('user_id', '=', userId);
  return wanted.orderBy('created_at', 'desc').limit(mostOpen).execute();
}

async function findOver(parts: ResetParts, viewer: Actor, { userId, before, limit }: ResetSearch) {
  const rows: ResetRow[] = [];
  let from = before === undefined ? Number.MAX_SAFE_INTEGER : Number(before);
  for (let chunk = 0; chunk < mostChunks; chunk += 1) {
    let query = parts.store.selectFrom('resets').selectAll().where('open_user_id', 'is', null);
    if (userId !== undefined) query = query.where('user_id', '=', userId);
    const wanted = limit - rows.length;
    const page = await query.where('created_at', '<', from).orderBy('created_at', 'desc').limit(wanted).execute();
    rows.push(...(await keepVisible(parts, viewer, page)));
    from = page.at(-1)?.created_at ?? 0;
    if (page.length < wanted) return { rows, next: null };
    if (rows.length >= limit) break;
  }
  return { rows, next: String(from) };
}

async function keepVisible({ zitadel }: ResetParts, viewer: Actor, rows: readonly ResetRow[]): Promise<ResetRow[]> {
  const others = rows.filter((row) => !isOwn(row, viewer));
  if (others.length === 0) return [...rows];
  try {
    const ids = others.map(({ user_id }) => user_id);
    const visible = await readNames(zitadel, viewer.caller, ids);
    return rows.filter((row) => isOwn(row, viewer) || visible.has(row.user_id));
  } catch (error) {
    throw toProblem(error);
  }
}

async function summarise(parts: ResetParts, rows: readonly ResetRow[]): Promise<ResetSummary[]> {
  if (rows.length === 0) return [];
  const { store, clock } = parts;
  const ids = rows.map(({ reset_id }) => reset_id);
  const [stepRows, disputes] = await Promise.all([
    store.selectFrom('reset_steps').selectAll().where('reset_id', 'in', ids).orderBy('number').execute(),
    readDispute({ store }, ids),
  ]);
  return await Promise.all(
    rows.map(async (row) => {
      const approval = row.state === 'planned' ? await findCaseApproval(parts, row) : undefined;
      await closeIfRefused(parts, row, approval);
      const steps = stepRows.filter(({ reset_id }) => reset_id === row.reset_id).map(toStep);
      return toSummary(row, steps, stateOf(row, approval, clock()), disputes.get(row.reset_id) ?? null);
    }),
  );
}
