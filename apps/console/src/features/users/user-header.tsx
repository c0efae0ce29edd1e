import type { AdminRole, User } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { LockButton } from './lock-button.tsx';
import { UserState } from './user-state.tsx';

/** Who this is, at a glance. */
export function UserHeader({ user }: { readonly user: User }) {
  const { userId, displayName, state, organisation, loginNames, loginName, emailAddress, phoneNumber, roles } = user;
  return (
    <header className="user-header">
      <div className="title-line">
        <PageTitle documentTitle={displayName}>
          <bdi>{displayName}</bdi>
        </PageTitle>
        <UserState state={state} />
        <span className="title-id muted">
          <code>{userId}</code> <CopyButton value={userId} what={t`user id`} />
        </span>
        {user.actions.lock && <LockButton user={user} allowance={user.actions.lock} />}
      </div>
      <dl className="facts facts-columns">
        <FactLine term={t`Login name`}>
          {(loginNames.length > 0 ? loginNames : [loginName]).map((name) => (
            <bdi key={name}>{name}</bdi>
          ))}
        </FactLine>
        <FactLine term={t`Organisation`}>
          <bdi title={organisation.organisationId}>{organisation.name ?? t`not visible to your role`}</bdi>
        </FactLine>
        <FactLine term={t`Email`}>
          <Contact contact={emailAddress} />
        </FactLine>
        <FactLine term={t`Phone`}>
          <Contact contact={phoneNumber} />
        </FactLine>
        <FactLine term={t`Admin roles`}>
          <Roles roles={roles} />
        </FactLine>
      </dl>
    </header>
  );
}

function FactLine({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Contact({ contact }: { readonly contact: User['emailAddress'] }) {
  if (contact === null) return <span className="muted">{t`none`}</span>;
  return (
    <>
      <bdi>{contact.address}</bdi>{' '}
      {contact.verified ? <StateDot tone="ok" word={t`verified`} /> : <StateDot tone="warn" word={t`not verified`} />}
    </>
  );
}

function Roles({ roles }: { readonly roles: readonly AdminRole[] | null }) {
  if (roles === null) return <span className="muted">{t`not visible to your role`}</span>;
  if (roles.length === 0) return <span className="muted">{t`none`}</span>;
  return roles.map((held) => (
    <span key={`${held.role} ${held.scope} ${held.scopeId}`}>
      <code>{held.role}</code> <span className="muted">{scopeWords(held.scope)}</span>
    </span>
  ));
}

function scopeWords(scope: AdminRole['scope']): string {
  switch (scope) {
    case 'instance':
      return t`on the instance`;
    case 'organisation':
      return t`in an organisation`;
    case 'project':
      return t`in a project`;
    case 'projectGrant':
      return t`in a granted project`;
  }
}
