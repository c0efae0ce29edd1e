import type { Factor } from '@latchkey/contract/factor';
import { t } from '@lingui/core/macro';
import type { FactorRow } from './factor-rows.ts';
import { FactorTableRow } from './factor-table-row.tsx';
import type { RemovalRefusal } from './removal-refusals.ts';

/** Whether the viewer's role lets them know when a factor was added and last used. */
export type VisibleTimes = { readonly added: boolean; readonly lastUsed: boolean };

type FactorsTableProps = {
  readonly rows: readonly FactorRow[];
  readonly visible: VisibleTimes;
  readonly refusals: readonly RemovalRefusal[];
  readonly onRemove: (factor: Factor) => void;
};

/** Every factor in one table, the way out at the end of its row. */
export function FactorsTable({ rows, visible, refusals, onRemove }: FactorsTableProps) {
  return (
    <table className="table factors-table">
      <thead>
        <tr>
          <th scope="col">{t`Factor`}</th>
          <th scope="col" className="wide-only">{t`Name`}</th>
          <th scope="col" className="wide-only">{t`State`}</th>
          <th scope="col" className="wide-only">{t`Added`}</th>
          <th scope="col" className="wide-only">{t`Last used`}</th>
          <th scope="col">
            <span className="visually-hidden">{t`Remove`}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <FactorTableRow
            key={`${row.kind} ${row.key}`}
            row={row}
            visible={visible}
            describedBy={refusals.find(({ keys }) => keys.includes(row.key))?.id ?? null}
            onRemove={() => onRemove(row.factor)}
          />
        ))}
      </tbody>
    </table>
  );
}
