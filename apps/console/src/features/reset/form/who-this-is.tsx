import type { ResetOptions } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { FactLine } from '../../../ui/fact-line.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';

/** Whom the case is about, and the number to call. */
export function WhoThisIs({ user }: Pick<ResetOptions, 'user'>) {
  const { loginName, organisation, phone, roles } = user;
  return (
    <dl className="facts facts-columns">
      <FactLine term={t`Login name`}>
        <bdi>{loginName}</bdi>
      </FactLine>
      <FactLine term={t`Organisation`}>
        <bdi title={organisation.organisationId}>{organisation.name ?? t`not visible to your role`}</bdi>
      </FactLine>
      <FactLine term={t`Phone on record`}>
        <PhoneOnRecord phone={phone} />
      </FactLine>
      {roles !== null && roles.length > 0 && (
        <FactLine term={t`Admin roles`}>
          {roles.map((role) => (
            <code key={role}>{role}</code>
          ))}
        </FactLine>
      )}
    </dl>
  );
}

/** The number to call back, and whether it was ever verified. */
export function PhoneOnRecord({ phone }: Pick<ResetOptions['user'], 'phone'>) {
  if (phone === null) return <span className="muted">{t`none`}</span>;
  return (
    <>
      <bdi dir="ltr">{phone.number}</bdi>{' '}
      {phone.verified ? <StateDot tone="ok" word={t`verified`} /> : <StateDot tone="warn" word={t`not verified`} />}
      <CopyButton value={phone.number} what={t`phone number`} />
    </>
  );
}
