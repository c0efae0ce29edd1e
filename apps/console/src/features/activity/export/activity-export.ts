import type { ActivityEntry } from '@latchkey/contract/activity';

/** The two forms in which the timeline leaves the page. */
export type ExportFormat = 'csv' | 'jsonl';

export const exportTypes: Record<ExportFormat, string> = {
  csv: 'text/csv;charset=utf-8',
  jsonl: 'application/x-ndjson;charset=utf-8',
};

const columns = ['at', 'source', 'what', 'target', 'actor', 'reason', 'ticket', 'outcome', 'request', 'id'] as const;

type Row = Record<(typeof columns)[number], string>;

/** Entries as a file: CSV (RFC 4180) with one head line, or one JSON object a line. Names of things are not translated. */
export function exportEntries(entries: readonly ActivityEntry[], format: ExportFormat): string {
  if (format === 'jsonl') return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  const lines = entries.map(toRow).map((row) => columns.map((column) => toCell(row[column])).join(','));
  return [columns.join(','), ...lines, ''].join('\r\n');
}

function toRow(entry: ActivityEntry): Row {
  if (entry.source === 'zitadel') {
    return {
      ...{ at: entry.at, source: entry.source, what: entry.event },
      target: entry.target ? `${entry.target.type} ${entry.target.id}` : '',
      actor: entry.actorId,
      ...{ reason: '', ticket: '', outcome: '', request: '', id: entry.sequence },
    };
  }
  return {
    ...{ at: entry.at, source: entry.source, what: entry.act.act, target: JSON.stringify(entry.act) },
    ...{ actor: entry.actorId, reason: entry.reason, ticket: entry.ticket ?? '', outcome: entry.outcome },
    ...{ request: entry.requestId, id: entry.actId },
  };
}

/** A spreadsheet runs what begins like a formula (OWASP, CSV injection): such a text is led by an apostrophe. */
function toCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
