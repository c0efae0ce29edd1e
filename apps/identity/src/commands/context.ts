import type { ChangeDetails, NewEvent } from '../domain/events.ts';
import { appendEvents } from '../store/event-store.ts';
import type { Store } from '../store/open-store.ts';
import type { Database } from '../store/tables.ts';

/*
 * How to call a command.
 *
 *   const store = await openStore(folder);
 *   const details = await removeOtpEmail(systemContext(store), { userId });
 *
 * - A command is `verbNoun(context, input)`. It loads, decides by the domain, appends, all in one transaction, and
 *   returns ChangeDetails, or an object with `details` and what it made (`{ userId, details }`).
 * - It throws DomainError (domain/errors.ts) for everything a caller can do wrong; anything else is a fault of ours.
 * - `context.caller` decides what is allowed and is the event's editor. Sign-in pages use `loginContext`, set-up and demo
 *   data `systemContext`: both may do everything. The API makes one from the token of the request.
 * - `resourceOwner`, where an input has it, is the organisation in which the user must be (v1); without it the user is
 *   found wherever they are (v2).
 * - Never call a command inside another's `store.change`: there is one connection. A command that needs another's work
 *   calls its inner function, which takes the transaction's handle.
 */

/** Whoever asks. */
export type Caller =
  /** The server itself, which may do everything. `editor` is what events name: `SYSTEM`, or `LOGIN` for the pages. */
  | { readonly kind: 'system'; readonly editor: 'SYSTEM' | 'LOGIN' }
  | {
      readonly kind: 'user';
      readonly userId: string;
      /** Their own organisation. */
      readonly organisationId: string;
      /** Session of a session token. */
      readonly sessionId?: string;
    };

export interface CommandContext {
  readonly store: Store;
  readonly caller: Caller;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function systemContext(store: Store): CommandContext {
  return { store, caller: { kind: 'system', editor: 'SYSTEM' }, now: Date.now };
}

export function loginContext(store: Store): CommandContext {
  return { store, caller: { kind: 'system', editor: 'LOGIN' }, now: Date.now };
}

/** Appends in the name of the caller; `db` is the transaction's handle. */
export function append(
  context: CommandContext,
  db: Database,
  ...events: readonly [NewEvent, ...NewEvent[]]
): Promise<ChangeDetails> {
  return appendEvents(db, editorOf(context.caller), context.now(), events);
}

/** The same for a list that was put together: of none there are no details. @throws Error for an empty one. */
export function appendAll(
  context: CommandContext,
  db: Database,
  [first, ...rest]: readonly NewEvent[],
): Promise<ChangeDetails> {
  if (!first) throw new Error('no event');
  return append(context, db, first, ...rest);
}

export function editorOf(caller: Caller): string {
  return caller.kind === 'system' ? caller.editor : caller.userId;
}
