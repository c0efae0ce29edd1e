import type { AdminRole, User } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { explainAllowance, type StatedRefusal } from '../../i18n/explain-allowance.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FactLine } from '../../ui/fact-line.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { Disputed } from './disputed.tsx';
import { LockButton } from './lock-button.tsx';
import { OpenReset, StartRefused, StartReset } from './start-reset.tsx';
import { UserState } from './user-state.tsx';

type UserHeaderProps = {
  readonly user: User;
  /** Why the viewer may change nothing about this person; null when they may. */
  readonly stated: StatedRefusal | null;
};

/** Who this is, at a glance, and what stands in the way of helping them. */
export function UserHeader({ user, stated }: UserHeaderProps) {
  const { userId, displayName, state, organisation, loginNames, loginName, emailAddress, phoneNumber, roles } = user;
  const { lock } = user.actions;
  const lockRefusal = lock ? explainAllowance(lock) : null;
  const isStated = stated !== null && stated.words === lockRefusal;
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
        {user.actions.startReset && <StartReset user={user} startReset={user.actions.startReset} />}
        {lock && <LockButton user={user} describedBy={lockRefusal && (isStated ? stated.id : 'lock-refusal')} />}
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
      {stated !== null && (
        <p id={stated.id} className="refusal">
          {stated.words}
        </p>
      )}
      <Disputed name={displayName} dispute={user.dispute} />
      <OpenReset user={user} />
      {user.actions.startReset && <StartRefused startReset={user.actions.startReset} />}
      {lockRefusal !== null && !isStated && (
        <p id="lock-refusal" className="refusal">
          {t`Lock`}: {lockRefusal}
        </p>
      )}
    </header>
  );
}

function Contact({ contact }: { readonly contact: User['emailAddress'] }) {
  if (contact === null) return <span className="muted">{t`none`}</span>;
  return (
    <>
      <bdi dir="ltr">{contact.address}</bdi>{' '}
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
