import { sql } from 'kysely';
import type { Store } from '../../store/open-store.ts';

const lockDeed = JSON.stringify({ step: 'lockUser' });
const unlockDeed = JSON.stringify({ step: 'unlockUser' });

/**
 * The cases that locked an account which nobody has unlocked here since: kept locked on purpose, stopped, cancelled or
 * disputed. An unlock in ZITADEL's own console is not seen. Cases that run now are not among them.
 */
export function selectLeftLocked(store: Store) {
  return store
    .selectFrom('resets')
    .where('unlocked_at', 'is', null)
    .where('runner', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('reset_steps')
          .select(sql`1`.as('one'))
          .whereRef('reset_steps.reset_id', '=', 'resets.reset_id')
          .where('deed', '=', lockDeed)
          .where('reset_steps.state', 'in', ['done', 'unneeded', 'tried', 'unknown']),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('reset_steps')
            .select(sql`1`.as('one'))
            .whereRef('reset_steps.reset_id', '=', 'resets.reset_id')
            .where('deed', '=', unlockDeed)
            .where('reset_steps.state', 'in', ['done', 'unneeded']),
        ),
      ),
    );
}

/** How many those are. */
export async function countLeftLocked(store: Store): Promise<number> {
  const { count } = await selectLeftLocked(store)
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
