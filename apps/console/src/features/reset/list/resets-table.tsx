import type { ResetSummary } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { formatNumber } from '../../../i18n/format.ts';
import { paths } from '../../../paths.ts';
import { Moment } from '../../../ui/moment.tsx';
import { moveBetweenRows } from '../../../ui/move-between-rows.ts';
import { openRow } from '../../../ui/open-row.ts';
import { StateDot } from '../../../ui/state-dot.tsx';
import { resetState } from '../words/state-words.ts';

/** The cases, as a real table. The whole row opens. */
export function ResetsTable({ resets }: { readonly resets: readonly ResetSummary[] }) {
  return (
    <table
      className="table users-table resets-table"
      onKeyDown={moveBetweenRows}
      onClick={openRow}
      onAuxClick={openRow}
    >
      <thead>
        <tr>
          <th scope="col">{t`Person`}</th>
          <th scope="col" className="wide-only">{t`Agent`}</th>
          <th scope="col">{t`State`}</th>
          <th scope="col" className="wide-only">{t`Changed`}</th>
          <th scope="col" className="wide-only">{t`Steps`}</th>
        </tr>
      </thead>
      <tbody>
        {resets.map((reset) => (
          <ResetRow key={reset.resetId} reset={reset} />
        ))}
      </tbody>
    </table>
  );
}

function ResetRow({ reset }: { readonly reset: ResetSummary }) {
  const { resetId, user, agent, state, changedAt, disputed } = reset;
  const done = formatNumber(reset.stepsDone);
  const all = formatNumber(reset.stepsInAll);
  return (
    <tr>
      <th scope="row">
        <Link to={paths.reset(resetId)}>
          <bdi>{user.name}</bdi>
        </Link>
        <span className="second-line">
          <bdi>{user.loginName}</bdi>
        </span>
      </th>
      <td className="wide-only">
        <bdi>{agent.name}</bdi>
      </td>
      <td>
        <StateDot {...resetState(state)} />
        {disputed !== null && (
          <>
            {' '}
            <StateDot tone="danger" word={t`“this was not me”`} />
          </>
        )}
      </td>
      <td className="wide-only">
        <Moment iso={changedAt} />
      </td>
      <td className="numeric wide-only">{t`${done} of ${all}`}</td>
    </tr>
  );
}
