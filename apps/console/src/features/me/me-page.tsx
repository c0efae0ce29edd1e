import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { useSession } from '../../session/use-session.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { Appearance } from './appearance.tsx';
import { MeHelp } from './me-help.tsx';
import { OwnSessionsCard } from './own-sessions-card.tsx';

/** Me: who I am here, how the page looks, where else I am signed in. */
export default function MePage() {
  const profile = useSession()?.profile;
  if (!profile) return null;
  return (
    <>
      <div className="title-line">
        <PageTitle documentTitle={profile.name}>
          <bdi>{profile.name}</bdi>
        </PageTitle>
        <span className="muted">
          <bdi>{profile.loginName}</bdi>
        </span>
        <MeHelp />
      </div>
      <p>
        <Link to={paths.user(profile.sub)}>{t`My factors, roles and activity in ZITADEL`}</Link>
      </p>
      <Appearance />
      <OwnSessionsCard />
    </>
  );
}
