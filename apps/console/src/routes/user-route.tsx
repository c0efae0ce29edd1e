import { useParams } from 'react-router';
import { FactorsCard } from '../features/factors/factors-card.tsx';
import { UserPage } from '../features/users/user-page.tsx';

/** A person's page: who this is, then their factors. Two features meet here, and only here. */
export default function UserRoute() {
  const { userId = '' } = useParams();
  return (
    <UserPage key={userId} userId={userId}>
      {(user) => <FactorsCard user={user} />}
    </UserPage>
  );
}
