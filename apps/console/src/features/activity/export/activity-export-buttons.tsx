import { t } from '@lingui/core/macro';
import { useEffect, useRef, useState } from 'react';
import { explainFailure } from '../../../i18n/explain-failure.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Trouble } from '../../../ui/trouble.tsx';
import type { ActivityView } from '../activity-url.ts';
import { readWholeActivity } from '../whole-activity-query.ts';
import { type ExportFormat, exportEntries, exportTypes } from './activity-export.ts';

/** Reads the timeline to its end, with the filters that are on, and hands it over as a file. */
export function ActivityExportButtons({ view }: { readonly view: ActivityView }) {
  const [entries, setEntries] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const save = async (format: ExportFormat) => {
    const control = new AbortController();
    running.current = control;
    setEntries(0);
    setError(null);
    try {
      const all = await readWholeActivity(view, control.signal, (more) => setEntries((before) => (before ?? 0) + more));
      handOver(exportEntries(all, format), format);
    } catch (reason) {
      if (!control.signal.aborted) setError(reason);
    }
    setEntries(null);
  };

  if (entries !== null) {
    const soFar = formatNumber(entries);
    return (
      <p className="evidence-progress">
        <progress aria-label={t`Collecting entries`} />
        <span className="muted numeric" role="status">{t`${soFar} entries so far`}</span>
        <Button tone="quiet" onClick={() => running.current?.abort()}>{t`Stop`}</Button>
      </p>
    );
  }
  return (
    <>
      <p className="evidence-progress">
        <Button onClick={() => void save('csv')}>{t`Export as CSV`}</Button>
        <Button onClick={() => void save('jsonl')}>{t`Export as JSON lines`}</Button>
      </p>
      {error !== null && <Trouble {...explainFailure(error, 'read')} />}
    </>
  );
}

function handOver(content: string, format: ExportFormat): void {
  const url = URL.createObjectURL(new Blob([content], { type: exportTypes[format] }));
  const day = new Date().toISOString().slice(0, 10);
  Object.assign(document.createElement('a'), { href: url, download: `latchkey-activity-${day}.${format}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
