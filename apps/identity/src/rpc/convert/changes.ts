import type { HandlerContext } from '@connectrpc/connect';
import type { Change, ChangeQuery } from '@zitadel/proto/zitadel/change_pb.js';
import { searchEvents } from '../../store/event-search.ts';
import type { Store } from '../../store/open-store.ts';
import { callerLanguages } from '../access/api-caller.ts';
import { type Texts, translator } from '../errors/translate.ts';
import { loadEditorNames } from './editor-names.ts';
import { toChange } from './events.ts';

const MOST = 1000;

/** What happened to a user, in the caller's language; nothing when they are of another organisation. */
export async function listUserChanges(
  { db }: Store,
  texts: Texts,
  context: HandlerContext,
  user: { readonly userId: string; readonly organisationId: string; readonly query: ChangeQuery | undefined },
): Promise<Change[]> {
  const events = await searchEvents(db, {
    aggregateId: user.userId,
    aggregateTypes: ['user'],
    resourceOwner: user.organisationId,
    sequence: Number(user.query?.sequence ?? 0n),
    ascending: user.query?.asc ?? false,
    limit: user.query?.limit || MOST,
  });
  const translate = translator(texts, callerLanguages(context));
  const editors = await loadEditorNames(db, events);
  return events.map((event) => toChange(event, editors.get(event.editor), translate));
}
