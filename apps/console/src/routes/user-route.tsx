import type { User } from '@latchkey/contract/user';
import { useParams } from 'react-router';
import { ActivityCard } from '../features/activity/activity-card.tsx';
import { FactorsCard } from '../features/factors/factors-card.tsx';
import { SessionsCard } from '../features/user-sessions/sessions-card.tsx';
import { UserPage } from '../features/users/user-page.tsx';
import type { StatedRefusal } from '../i18n/explain-allowance.ts';

/** A person's page: who this is, then factors, sessions, activity. The features meet here, and only here. */
export default function UserRoute() {
  const { userId = '' } = useParams();
  return (
    <UserPage key={userId} userId={userId}>
      {renderCards}
    </UserPage>
  );
}

function renderCards(user: User, stated: StatedRefusal | null) {
  return (
    <>
      <FactorsCard user={user} stated={stated} />
      <SessionsCard user={user} stated={stated} />
      <ActivityCard user={user} />
    </>
  );
}
