import type { UserSummary } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router';
import { userQuery } from '../../api/user-query.ts';
import { paths } from '../../paths.ts';
import { Moment } from '../../ui/moment.tsx';
import { UserState } from './user-state.tsx';

type UserRowProps = {
  readonly user: UserSummary;
  readonly isWhereYouWere: boolean;
  /** The person came back to the list and goes on where they were. */
  readonly isFocusFirst: boolean;
};

/** One person. The whole row opens like its link (`openRow`). */
export function UserRow({ user, isWhereYouWere, isFocusFirst }: UserRowProps) {
  const { userId, displayName, loginName, organisation, state, email, changedAt } = user;
  const client = useQueryClient();
  const { search } = useLocation();
  const prefetch = () => void client.prefetchQuery(userQuery(userId));
  return (
    <tr aria-current={isWhereYouWere || undefined}>
      <th scope="row">
        <Link
          to={paths.user(userId)}
          state={{ listSearch: search }}
          data-focus-first={isFocusFirst || undefined}
          onPointerEnter={prefetch}
          onFocus={prefetch}
        >
          <bdi>{displayName}</bdi>
        </Link>
        <span className="second-line">
          <bdi>{loginName}</bdi>
        </span>
        <span className="second-line narrow-only">
          <bdi>{organisation.name}</bdi>
        </span>
      </th>
      <td className="wide-only">{email !== null && <bdi>{email}</bdi>}</td>
      <td className="wide-only">
        <bdi title={organisation.organisationId}>{organisation.name ?? t`not visible to your role`}</bdi>
      </td>
      <td>
        <UserState state={state} />
      </td>
      <td className="wide-only">{changedAt !== null && <Moment iso={changedAt} />}</td>
    </tr>
  );
}
