import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { useRecentPeople } from './recent-people.ts';

/** The way back to the people of this hour, in one line. */
export function RecentPeopleLine() {
  const recent = useRecentPeople();
  if (recent.length === 0) return null;
  return (
    <nav className="recent-people" aria-label={t`Recently opened`}>
      <span className="muted">{t`Recently opened`}</span>
      {recent.map(({ userId, displayName }) => (
        <Link key={userId} to={paths.user(userId)}>
          <bdi>{displayName}</bdi>
        </Link>
      ))}
    </nav>
  );
}
