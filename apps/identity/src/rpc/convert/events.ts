import { create, type JsonObject } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { type Change, ChangeSchema } from '@zitadel/proto/zitadel/change_pb.js';
import { type Event, EventSchema } from '@zitadel/proto/zitadel/event_pb.js';
import type { StoredEvent } from '../../domain/events.ts';
import type { Translate } from '../errors/translate.ts';

/** Names of whoever caused an event; the server's own editors have none. */
export interface EditorNames {
  readonly displayName: string;
  readonly loginName: string;
}

/** Fields of payloads that stay here: hashes and sealed secrets are nobody's to read. */
const KEPT = new Set(['encodedHash', 'codeMac', 'codeMacs', 'tokenHash', 'secretHash', 'otpSecret', 'challenge']);

export function toEvent(event: StoredEvent, editor: EditorNames | undefined, translate: Translate): Event {
  const payload = readable(event.payload);
  return create(EventSchema, {
    editor: { userId: event.editor, displayName: editor?.displayName ?? event.editor, service: 'zitadel' },
    aggregate: {
      id: event.aggregateId,
      type: { type: event.aggregateType, localized: localized(`AggregateTypes.${event.aggregateType}`, translate) },
      resourceOwner: event.resourceOwner,
    },
    sequence: BigInt(event.sequence),
    creationDate: timestampFromMs(event.createdAt),
    ...(payload && { payload }),
    type: { type: event.type, localized: localized(`EventTypes.${event.type}`, translate) },
  });
}

export function toChange(event: StoredEvent, editor: EditorNames | undefined, translate: Translate): Change {
  return create(ChangeSchema, {
    changeDate: timestampFromMs(event.createdAt),
    eventType: localized(`EventTypes.${event.type}`, translate),
    sequence: BigInt(event.sequence),
    editorId: event.editor,
    editorDisplayName: editor?.displayName ?? event.editor,
    editorPreferredLoginName: editor?.loginName ?? '',
    resourceOwnerId: event.resourceOwner,
  });
}

function localized(key: string, translate: Translate) {
  return { key, localizedMessage: translate(key) };
}

/** Absent when nothing is left, as ZITADEL's events without a payload. */
function readable(payload: object): JsonObject | undefined {
  const fields = Object.entries(payload).filter(([name]) => !KEPT.has(name));
  return fields.length > 0 ? (Object.fromEntries(fields) as JsonObject) : undefined;
}
