import type { ActivityEntry, AuditRecord, ZitadelEvent } from '@latchkey/contract/activity';
import { t } from '@lingui/core/macro';
import { Moment } from '../../ui/moment.tsx';
import { actWords, outcomeWords } from './act-words.ts';
import { eventWords } from './event-words.ts';

type ActivityLineProps = { readonly entry: ActivityEntry; readonly viewerId: string | null };

/** One line of the timeline: when, what, by whom, and for what Latchkey did, why. */
export function ActivityLine({ entry, viewerId }: ActivityLineProps) {
  return (
    <li>
      <Moment iso={entry.at} />
      {entry.source === 'latchkey' ? (
        <RecordWords record={entry} isOwn={entry.actorId === viewerId} />
      ) : (
        <EventWords event={entry} isOwn={entry.actorId === viewerId} />
      )}
    </li>
  );
}

function EventWords({ event, isOwn }: { readonly event: ZitadelEvent; readonly isOwn: boolean }) {
  return (
    <>
      <span>{eventWords(event)}</span>
      <span className="muted">{isOwn ? t`you` : <bdi>{event.actorName || event.actorId}</bdi>}</span>
    </>
  );
}

function RecordWords({ record, isOwn }: { readonly record: AuditRecord; readonly isOwn: boolean }) {
  return (
    <>
      <span>
        <strong>{actWords(record.act)}</strong> <span className="muted">{outcomeWords(record.outcome)}</span>
        <span className="activity-why">
          <bdi>{record.reason}</bdi>
          {record.ticket !== null && (
            <>
              {' · '}
              <bdi>{record.ticket}</bdi>
            </>
          )}
        </span>
      </span>
      <span className="muted">{isOwn ? t`you, in Latchkey` : <ByLatchkey actorId={record.actorId} />}</span>
    </>
  );
}

function ByLatchkey({ actorId }: { readonly actorId: string }) {
  return (
    <>
      {t`in Latchkey`} <code>{actorId}</code>
    </>
  );
}
