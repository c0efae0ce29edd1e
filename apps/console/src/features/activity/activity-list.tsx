import type { ActivityEntry } from '@latchkey/contract/activity';
import { ActivityLine } from './activity-line.tsx';
import type { ActivityNames } from './activity-names.ts';

type ActivityListProps = {
  readonly entries: readonly ActivityEntry[];
  readonly names: ActivityNames;
  readonly viewerId: string | null;
  /** Whether each line says whom it happened to; on a person's own page it is them. */
  readonly showsTarget: boolean;
};

/** The timeline, newest first. */
export function ActivityList({ entries, names, viewerId, showsTarget }: ActivityListProps) {
  return (
    <ol className="rows activity-rows">
      {entries.map((entry) => (
        <ActivityLine
          key={entry.source === 'latchkey' ? entry.actId : `${entry.sequence} ${entry.event} ${entry.at}`}
          entry={entry}
          names={names}
          viewerId={viewerId}
          showsTarget={showsTarget}
        />
      ))}
    </ol>
  );
}
