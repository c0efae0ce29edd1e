import type { Database } from '../store/tables.ts';
import type { CommandContext } from './context.ts';

/** A message to a person, in the form of the outbox (design.md). */
export interface Message {
  readonly to: string;
  readonly kind: 'email' | 'sms';
  readonly subject: string;
  readonly text: string;
  readonly code?: string;
  readonly link?: string;
}

export interface DeliveredMessage extends Message {
  /** RFC 3339. */
  readonly at: string;
}

const PURPOSE = 'outbox';

/** Older messages are dropped: an outbox for trying things out is no archive. */
const KEPT = 5_000;

/**
 * Puts a message into the outbox, within the transaction that made its code. Sealed, because codes and links can
 * authenticate.
 */
export async function deliver(context: CommandContext, db: Database, message: Message): Promise<void> {
  const at = context.now();
  const { vault } = context.store;
  const whole: DeliveredMessage = { ...message, at: new Date(at).toISOString() };
  const { insertId } = await db
    .insertInto('outbox')
    .values({
      created_at: at,
      recipient_mac: vault.mac(message.to.toLowerCase(), PURPOSE),
      sealed: vault.seal(JSON.stringify(whole), PURPOSE),
    })
    .executeTakeFirstOrThrow();
  const oldest = Number(insertId ?? 0n) - KEPT;
  if (oldest > 0) await db.deleteFrom('outbox').where('id', '<=', oldest).execute();
}

/**
 * Messages, newest first.
 *
 * @param filter.to an address or number; default: everybody's.
 */
export async function readOutbox(
  store: CommandContext['store'],
  filter: { readonly to?: string; readonly limit?: number } = {},
): Promise<readonly DeliveredMessage[]> {
  let query = store.db
    .selectFrom('outbox')
    .select('sealed')
    .orderBy('id', 'desc')
    .limit(filter.limit ?? 200);
  if (filter.to) query = query.where('recipient_mac', '=', store.vault.mac(filter.to.toLowerCase(), PURPOSE));
  const rows = await query.execute();
  return rows.map((row) => JSON.parse(store.vault.open(row.sealed, PURPOSE)) as DeliveredMessage);
}
