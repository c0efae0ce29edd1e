import type { SecondFactorType } from '@latchkey/contract/login-policy';
import { t } from '@lingui/core/macro';
import { useEffect } from 'react';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { formatDate, formatNumber } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { type Reliance, relianceWords } from './reliance.ts';
import { isKept, useRelianceCount } from './reliance-queries.ts';

/** Who relies on a second factor type: counted while the question is open, with its progress, and can be stopped. */
export function RelianceCount({ type }: { readonly type: SecondFactorType }) {
  const { reliance, isCounting, error, start, stop } = useRelianceCount(type);
  const isDone = isKept(reliance);
  useEffect(() => {
    if (!isDone) start();
  }, [isDone, start]);

  return (
    <div className="evidence">
      {reliance?.isCrowded && (
        <p className="muted">
          {t`More happened in one moment than ZITADEL tells at once, so people are counted one by one.`}
        </p>
      )}
      {reliance !== null && (
        <p>
          {relianceWords(reliance)} {isDone && <CountedAt reliance={reliance} />}
        </p>
      )}
      {isCounting && <CountProgress reliance={reliance} onStop={stop} />}
      {!isCounting && !isDone && error === null && <Button tone="quiet" onClick={() => start()}>{t`Count on`}</Button>}
      {!isCounting && isDone && reliance.extent === 'pruned' && (
        <Button tone="quiet" onClick={() => start('people')}>{t`Count one by one`}</Button>
      )}
      {error !== null && <Trouble {...explainFailure(error, 'read')} onRetry={() => start()} />}
    </div>
  );
}

function CountedAt({ reliance }: { readonly reliance: Reliance }) {
  return (
    <span className="muted">
      {t`Counted`} <Moment iso={reliance.at} />
    </span>
  );
}

type CountProgressProps = { readonly reliance: Reliance | null; readonly onStop: () => void };

function CountProgress({ reliance, onStop }: CountProgressProps) {
  return (
    <p className="evidence-progress">
      <progress max={reliance?.total || 1} value={reliance?.done ?? 0} aria-label={t`Counting who has it`} />
      <span className="muted numeric">{reliance === null ? t`Counting who has it` : progressWords(reliance)}</span>
      <Button tone="quiet" onClick={onStop}>{t`Stop counting`}</Button>
    </p>
  );
}

function progressWords(reliance: Reliance): string {
  if (reliance.reachedAt !== null) {
    const date = formatDate(reliance.reachedAt);
    return t`Read back to ${date}`;
  }
  const counted = formatNumber(reliance.done);
  const total = formatNumber(reliance.total);
  return t`${counted} of ${total}`;
}
