import type { SecondFactorType } from '@latchkey/contract/login-policy';
import { t } from '@lingui/core/macro';
import { useEffect } from 'react';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { formatNumber } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { type Reliance, relianceWords } from './reliance.ts';
import { useRelianceCount } from './reliance-queries.ts';

/** Who relies on a second factor type: counted while the question is open, with its progress, and can be stopped. */
export function RelianceCount({ type }: { readonly type: SecondFactorType }) {
  const { reliance, isCounting, error, start, stop } = useRelianceCount(type);
  const isKept = reliance !== null && reliance.next === null;
  useEffect(() => {
    if (!isKept) start();
  }, [isKept, start]);

  return (
    <div className="evidence">
      {reliance !== null && (
        <p>
          {relianceWords(reliance)} {isKept && <CountedAt reliance={reliance} />}
        </p>
      )}
      {isCounting && <CountProgress reliance={reliance} onStop={stop} />}
      {!isCounting && !isKept && error === null && <Button tone="quiet" onClick={start}>{t`Count on`}</Button>}
      {error !== null && <Trouble {...explainFailure(error, 'read')} onRetry={start} />}
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
  const counted = formatNumber(reliance?.counted ?? 0);
  const total = formatNumber(reliance?.total ?? 0);
  return (
    <p className="evidence-progress">
      <progress max={reliance?.total ?? 1} value={reliance?.counted ?? 0} aria-label={t`Counting who has it`} />
      <span className="muted numeric">{reliance === null ? t`Counting who has it` : t`${counted} of ${total}`}</span>
      <Button tone="quiet" onClick={onStop}>{t`Stop counting`}</Button>
    </p>
  );
}
