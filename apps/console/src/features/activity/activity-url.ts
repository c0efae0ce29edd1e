import { ActivityKind } from '@latchkey/contract/activity';
import { Id } from '@latchkey/contract/id';

/** What the timeline shows, as far as its URL says. Days are `YYYY-MM-DD` in the reader's zone, both included. */
export type ActivityView = {
  readonly kind: ActivityKind | null;
  readonly userId: string | null;
  readonly actorId: string | null;
  readonly from: string | null;
  readonly until: string | null;
};

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the timeline's URL. What makes no sense is read as if it were not there. */
export function readActivityView(params: URLSearchParams): ActivityView {
  const kind = ActivityKind.safeParse(params.get('kind'));
  return {
    kind: kind.success ? kind.data : null,
    userId: readId(params.get('person')),
    actorId: readId(params.get('by')),
    from: readDay(params.get('from')),
    until: readDay(params.get('until')),
  };
}

/** Writes the timeline's URL: only what leaves something out. */
export function writeActivityView({ kind, userId, actorId, from, until }: ActivityView): URLSearchParams {
  const pairs = { kind, person: userId, by: actorId, from, until };
  return new URLSearchParams(Object.entries(pairs).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** The same as the BFF wants it: moments instead of days, the end left out. */
export function toActivitySearch({ kind, userId, actorId, from, until }: ActivityView): URLSearchParams {
  const pairs = { kind, userId, actorId, from: from && startOf(from, 0), until: until && startOf(until, 1) };
  return new URLSearchParams(Object.entries(pairs).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** The first moment of a day, or of one after it, in UTC. */
function startOf(day: string, daysLater: number): string {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + daysLater);
  return date.toISOString();
}

function readId(value: string | null): string | null {
  const id = Id.safeParse(value);
  return id.success ? id.data : null;
}

function readDay(value: string | null): string | null {
  return value !== null && dayPattern.test(value) && !Number.isNaN(Date.parse(`${value}T00:00`)) ? value : null;
}
