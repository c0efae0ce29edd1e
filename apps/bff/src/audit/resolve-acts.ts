import type { Clock } from '../clock.ts';
import type { NamedActor } from '../guard/actor.ts';
import type { Store } from '../store/open-store.ts';
import type { AuditRow } from '../store/tables.ts';
import { appendRow } from './append-row.ts';
import { type TriedAct, toAct, toActorColumns } from './audit-row.ts';

/** Which acts without an outcome: those on a user, or those on the instance. */
export type OpenActs = { readonly userId: string } | 'instance';

/** What became of an act, as somebody sees it who looks; undefined when they cannot see it. */
export type LookUp = (act: TriedAct) => Promise<'done' | 'notDone' | undefined>;

/**
 * An act of another process may still be on its way for this long: a call, its repetition with another token, and the
 * reading back. Before that, "it is not so" says nothing.
 */
export const longestActMs = 60_000;

interface ResolveOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Whether this process is making the act now. */
  readonly isRunning: (actId: string) => boolean;
}

/** Appends a `resolution` to each act without an outcome that can be decided now. */
export async function resolveOpenActs(
  { store, clock, isRunning }: ResolveOptions,
  actor: NamedActor,
  acts: OpenActs,
  look: LookUp,
): Promise<void> {
  for (const intent of await findOpenActs(store, acts)) {
    if (isRunning(intent.act_id)) continue;
    const { organisation_id: organisationId, actor_id: actorId, at } = intent;
    const outcome = await look({ act: toAct(intent), organisationId, actorId, at });
    if (outcome === undefined || (outcome === 'notDone' && clock() - at < longestActMs)) continue;
    const { seq: _seq, hash: _hash, previous_hash: _previous, ...columns } = intent;
    await appendRow(store, {
      ...columns,
      ...toActorColumns(actor),
      at: clock(),
      phase: 'resolution',
      outcome,
    });
  }
}

/** Intents without an outcome, or with one that is unknown, that nobody resolved. */
function findOpenActs(store: Store, acts: OpenActs): Promise<AuditRow[]> {
  const intents = store.selectFrom('audit as intent').selectAll('intent').where('intent.phase', '=', 'intent');
  const ofWhom =
    acts === 'instance'
      ? intents.where('intent.user_id', 'is', null)
      : intents.where('intent.user_id', '=', acts.userId);
  return ofWhom
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('audit as later')
            .select('later.seq')
            .whereRef('later.act_id', '=', 'intent.act_id')
            .where((later) =>
              later.or([
                later('later.phase', '=', 'resolution'),
                later('later.phase', '=', 'outcome').and('later.outcome', '<>', 'unknown'),
              ]),
            ),
        ),
      ),
    )
    .orderBy('intent.seq')
    .execute();
}
