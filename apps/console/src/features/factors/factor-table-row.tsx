import type { Factor } from '@latchkey/contract/factor';
import { t } from '@lingui/core/macro';
import { useEffect, useRef } from 'react';
import { factorName, factorWord } from '../../i18n/factor-words.ts';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { FactorIcon } from './factor-icon.tsx';
import type { FactorRow } from './factor-rows.ts';
import type { VisibleTimes } from './factors-table.tsx';

type FactorTableRowProps = {
  readonly row: FactorRow;
  readonly visible: VisibleTimes;
  /** The id of the sentence that says why it cannot be removed; null when it can. */
  readonly describedBy: string | null;
  readonly onRemove: () => void;
};

/** One factor with its Remove, or the line in its place once it is gone. */
export function FactorTableRow({ row, ...present }: FactorTableRowProps) {
  switch (row.kind) {
    case 'present':
      return <PresentFactor factor={row.factor} {...present} />;
    case 'removed':
      return <RemovedFactor factor={row.factor} />;
  }
}

type PresentFactorProps = Omit<FactorTableRowProps, 'row'> & { readonly factor: Factor };

function PresentFactor({ factor, visible, describedBy, onRemove }: PresentFactorProps) {
  const name = factorName(factor);
  return (
    <tr>
      <th scope="row">
        <FactorIcon kind={factor.kind} /> {factorWord(factor.kind)}
        <span className="second-line narrow-only">
          {'name' in factor && <bdi>{factor.name}</bdi>} <FactorState state={factor.state} />
        </span>
      </th>
      <td className="wide-only">{'name' in factor && <bdi>{factor.name}</bdi>}</td>
      <td className="wide-only">
        <FactorState state={factor.state} />
      </td>
      <td className="wide-only">
        <KnownMoment iso={factor.addedAt ?? null} isVisible={visible.added} />
      </td>
      <td className="wide-only">
        <KnownMoment iso={factor.lastUsedAt ?? null} isVisible={visible.lastUsed} />
      </td>
      <td className="row-end">
        <Button
          tone="danger"
          aria-label={t`Remove ${name}`}
          aria-describedby={describedBy ?? undefined}
          isDisabled={describedBy !== null}
          onClick={onRemove}
        >{t`Remove`}</Button>
      </td>
    </tr>
  );
}

function FactorState({ state }: Pick<Factor, 'state'>) {
  return state === 'ready' ? <StateDot tone="ok" word={t`Ready`} /> : <StateDot tone="warn" word={t`Never finished`} />;
}

/** A moment, or which of the two is the case: nobody knows it, or the viewer may not. */
function KnownMoment({ iso, isVisible }: { readonly iso: string | null; readonly isVisible: boolean }) {
  if (iso !== null) return <Moment iso={iso} />;
  return <span className="muted">{isVisible ? t`not known` : t`not visible to your role`}</span>;
}

function RemovedFactor({ factor }: { readonly factor: Factor }) {
  const ref = useRef<HTMLTableRowElement>(null);
  // The button that had the focus is gone; the line in its place takes it.
  useEffect(() => ref.current?.focus(), []);
  return (
    <tr ref={ref} tabIndex={-1} className="row-removed">
      <th scope="row">
        <FactorIcon kind={factor.kind} /> <s>{factorName(factor)}</s>
      </th>
      <td colSpan={5}>{t`Removed just now by you`}</td>
    </tr>
  );
}
