import type { HandlerContext } from '@connectrpc/connect';
import type { Change, ChangeQuery } from '@zitadel/proto/zitadel/change_pb.js';
import { searchEvents } from '../../store/event-search.ts';
import type { Store } from '../../store/open-store.ts';
import { callerLanguages } from '../access/api-caller.ts';
import { type Texts, translator } from '../errors/translate.ts';
import { loadEditorNames } from './editor-names.ts';
import { toChange } from './events.ts';

const MOST = 1000;

/**
 * What happened to a user, a project or an organisation, in the caller's language; nothing when it is of another
 * organisation.
 *
 * @param about.applicationId only what is about this application of a project.
 */
export async function listChanges(
  { db }: Store,
  texts: Texts,
  context: HandlerContext,
  about: {
    readonly type: 'user' | 'project' | 'org';
    readonly id: string;
    readonly organisationId: string;
    readonly applicationId?: string;
  },
  query: ChangeQuery | undefined,
): Promise<Change[]> {
  const limit = query?.limit || MOST;
  const { applicationId } = about;
  const found = await searchEvents(db, {
    aggregateId: about.id,
    aggregateTypes: [about.type],
    resourceOwner: about.organisationId,
    sequence: Number(query?.sequence ?? 0n),
    ascending: query?.asc ?? false,
    limit: applicationId === undefined ? limit : MOST,
  });
  const events = applicationId === undefined ? found : found.filter(isAbout(applicationId)).slice(0, limit);
  const translate = translator(texts, callerLanguages(context));
  const editors = await loadEditorNames(db, events);
  return events.map((event) => toChange(event, editors.get(event.editor), translate));
}

function isAbout(applicationId: string) {
  return ({ payload }: { readonly payload: object }) => 'appId' in payload && payload.appId === applicationId;
}
