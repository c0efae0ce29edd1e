import type { ActivityEntry, AuditRecord, ZitadelEvent } from '@latchkey/contract/activity';
import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { Moment } from '../../ui/moment.tsx';
import { actWords, outcomeWords } from './act-words.ts';
import { eventWords } from './event-words.ts';

type ActivityLineProps = {
  readonly entry: ActivityEntry;
  readonly viewerId: string | null;
  readonly showsTarget: boolean;
};

/** One line of the timeline: when, what, to whom, by whom, and for what Latchkey did, why. */
export function ActivityLine({ entry, viewerId, showsTarget }: ActivityLineProps) {
  const isOwn = entry.actorId === viewerId;
  const userId = showsTarget ? targetUserOf(entry) : null;
  return (
    <li>
      <Moment iso={entry.at} />
      <span>
        {entry.source === 'latchkey' ? <RecordWords record={entry} /> : eventWords(entry)}
        {userId !== null && (
          <>
            {' · '}
            <Link to={paths.user(userId)}>
              {t`Person`} <code>{userId}</code>
            </Link>
          </>
        )}
        {entry.source === 'latchkey' && <RecordWhy record={entry} />}
      </span>
      <span className="muted">
        {entry.source === 'latchkey' ? (
          <RecordActor record={entry} isOwn={isOwn} />
        ) : (
          <EventActor event={entry} isOwn={isOwn} />
        )}
      </span>
    </li>
  );
}

/** The person it happened to, where there is one whose page can be opened. */
function targetUserOf(entry: ActivityEntry): string | null {
  if (entry.source === 'zitadel') return entry.target?.type === 'user' ? entry.target.id : null;
  return 'userId' in entry.act ? entry.act.userId : null;
}

function RecordWords({ record }: { readonly record: AuditRecord }) {
  return (
    <>
      <strong>{actWords(record.act)}</strong> <span className="muted">{outcomeWords(record.outcome)}</span>
    </>
  );
}

function RecordWhy({ record: { reason, ticket } }: { readonly record: AuditRecord }) {
  return (
    <span className="activity-why">
      <bdi>{reason}</bdi>
      {ticket !== null && (
        <>
          {' · '}
          <bdi>{ticket}</bdi>
        </>
      )}
    </span>
  );
}

function EventActor({ event, isOwn }: { readonly event: ZitadelEvent; readonly isOwn: boolean }) {
  return isOwn ? t`you` : <bdi>{event.actorName || event.actorId}</bdi>;
}

function RecordActor({ record, isOwn }: { readonly record: AuditRecord; readonly isOwn: boolean }) {
  if (isOwn) return t`you, in Latchkey`;
  return (
    <>
      {t`in Latchkey`} <code>{record.actorId}</code>
    </>
  );
}
