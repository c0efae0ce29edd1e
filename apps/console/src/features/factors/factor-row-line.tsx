import type { Factor } from '@latchkey/contract/factor';
import { t } from '@lingui/core/macro';
import { useEffect, useRef } from 'react';
import { factorName, factorWord } from '../../i18n/factor-words.ts';
import { Button } from '../../ui/button.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { FactorIcon } from './factor-icon.tsx';
import type { FactorRow } from './factor-rows.ts';

type FactorRowLineProps = {
  readonly row: FactorRow;
  /** The id of the sentence that says why it cannot be removed; null when it can. */
  readonly describedBy: string | null;
  readonly onRemove: () => void;
};

/** One factor with its Remove, or the line in its place once it is gone. */
export function FactorRowLine({ row, describedBy, onRemove }: FactorRowLineProps) {
  switch (row.kind) {
    case 'present':
      return <PresentFactor factor={row.factor} describedBy={describedBy} onRemove={onRemove} />;
    case 'removed':
      return <RemovedFactor factor={row.factor} />;
  }
}

function PresentFactor({
  factor,
  describedBy,
  onRemove,
}: Omit<FactorRowLineProps, 'row'> & { readonly factor: Factor }) {
  const name = factorName(factor);
  return (
    <li>
      <FactorIcon kind={factor.kind} />
      <span className="factor-word">{factorWord(factor.kind)}</span>
      <span className="factor-name">{'name' in factor && <bdi>{factor.name}</bdi>}</span>
      <span className="factor-state">
        {factor.state === 'ready' ? (
          <StateDot tone="ok" word={t`Ready`} />
        ) : (
          <StateDot tone="warn" word={t`Never finished`} />
        )}
      </span>
      <Button
        tone="danger"
        aria-label={t`Remove ${name}`}
        aria-describedby={describedBy ?? undefined}
        isDisabled={describedBy !== null}
        onClick={onRemove}
      >{t`Remove`}</Button>
    </li>
  );
}

function RemovedFactor({ factor }: { readonly factor: Factor }) {
  const ref = useRef<HTMLLIElement>(null);
  // The button that had the focus is gone; the line in its place takes it.
  useEffect(() => ref.current?.focus(), []);
  return (
    <li ref={ref} tabIndex={-1} className="row-removed">
      <FactorIcon kind={factor.kind} />
      <span className="factor-word">
        <s>{factorName(factor)}</s>
      </span>
      <span>{t`Removed just now by you`}</span>
    </li>
  );
}
