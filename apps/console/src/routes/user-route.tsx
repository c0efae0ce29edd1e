import { useParams } from 'react-router';
import { ActivityCard } from '../features/activity/activity-card.tsx';
import { FactorsCard } from '../features/factors/factors-card.tsx';
import { SessionsCard } from '../features/user-sessions/sessions-card.tsx';
import { UserPage } from '../features/users/user-page.tsx';

/** A person's page: who this is, then factors, sessions, activity. The features meet here, and only here. */
export default function UserRoute() {
  const { userId = '' } = useParams();
  return (
    <UserPage key={userId} userId={userId}>
      {(user) => (
        <>
          <FactorsCard user={user} />
          <SessionsCard user={user} />
          <ActivityCard user={user} />
        </>
      )}
    </UserPage>
  );
}
