import type { LogoutNoticesTable, TokenDatabase } from '../storage/token-database.ts';

/** A notice that waits for its next attempt. */
export type QueuedNotice = LogoutNoticesTable;

/** Notices on disk, so that a process which is killed between two attempts makes the second when it is back. */
export interface NoticeQueue {
  /** Everything that waits. */
  waiting(): Promise<readonly QueuedNotice[]>;
  /** Position of the last event of which notices were queued; undefined before the first. */
  position(): Promise<number | undefined>;
  /** Queues notices and remembers how far the events were looked at, both or neither. */
  add(notices: readonly QueuedNotice[], position: number): Promise<void>;
  postpone(notice: QueuedNotice): Promise<void>;
  remove(id: string): Promise<void>;
}

export function createNoticeQueue(db: TokenDatabase): NoticeQueue {
  return {
    waiting: () => db.selectFrom('oidc_logout_notices').selectAll().orderBy('due_at').execute(),
    async position() {
      const row = await db.selectFrom('oidc_logout_position').select('position').executeTakeFirst();
      return row?.position;
    },
    add: (notices, position) =>
      db.transaction().execute(async (transaction) => {
        if (notices.length > 0) await transaction.insertInto('oidc_logout_notices').values(notices).execute();
        await transaction
          .insertInto('oidc_logout_position')
          .values({ id: 1, position })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ position }))
          .execute();
      }),
    async postpone({ id, attempts, due_at }) {
      await db.updateTable('oidc_logout_notices').set({ attempts, due_at }).where('id', '=', id).execute();
    },
    async remove(id) {
      await db.deleteFrom('oidc_logout_notices').where('id', '=', id).execute();
    },
  };
}
