import type { ActivityEntry, AuditRecord } from '@latchkey/contract/activity';
import { t } from '@lingui/core/macro';
import { Moment } from '../../ui/moment.tsx';
import { actWords, outcomeWords } from './act-words.ts';
import type { ActivityNames } from './activity-names.ts';
import { eventWords } from './event-words.ts';
import { PersonLink } from './person-link.tsx';

type ActivityLineProps = {
  readonly entry: ActivityEntry;
  readonly names: ActivityNames;
  readonly viewerId: string | null;
  readonly showsTarget: boolean;
};

/** One line of the timeline: when, what, to whom, by whom, and for what Latchkey did, why. */
export function ActivityLine({ entry, names, viewerId, showsTarget }: ActivityLineProps) {
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
            <PersonLink userId={userId} name={names.get(userId)} />
          </>
        )}
        {entry.source === 'latchkey' && <RecordWhy record={entry} />}
      </span>
      <span className="muted">
        {isOwn ? ownWords(entry) : <Editor entry={entry} name={names.get(entry.actorId)} />}
      </span>
    </li>
  );
}

/** The person it happened to, where there is one whose page can be opened. */
function targetUserOf(entry: ActivityEntry): string | null {
  if (entry.source === 'zitadel') return entry.target?.type === 'user' ? entry.target.id : null;
  return ('userId' in entry.act && entry.act.userId) || null;
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

const ownWords = ({ source }: ActivityEntry): string => (source === 'latchkey' ? t`you, in Latchkey` : t`you`);

type EditorProps = {
  readonly entry: ActivityEntry;
  /** Undefined of whoever the viewer may not see, and of what is no user. */
  readonly name: string | undefined;
};

/** Who did it: a person to go to where the viewer may see them, else what ZITADEL calls them. */
function Editor({ entry, name }: EditorProps) {
  const inLatchkey = entry.source === 'latchkey';
  const calledBy = inLatchkey ? '' : entry.actorName;
  return (
    <>
      {name !== undefined ? (
        <PersonLink userId={entry.actorId} name={name} />
      ) : calledBy === '' ? (
        <code>{entry.actorId}</code>
      ) : (
        <bdi title={entry.actorId}>{calledBy}</bdi>
      )}
      {inLatchkey && ` · ${t`in Latchkey`}`}
    </>
  );
}
