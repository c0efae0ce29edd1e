import type { Reset } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { paths } from '../../../paths.ts';
import { FactLine } from '../../../ui/fact-line.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { callerWords } from '../words/caller-words.ts';

/** Who, why, and how the caller was verified. */
export function CaseFacts({ reset }: { readonly reset: Reset }) {
  const { user, organisation, reason, ticket, caller, agent, startedBy, createdAt } = reset;
  return (
    <dl className="facts facts-columns">
      <FactLine term={t`Person`}>
        <Link to={paths.user(user.userId)}>
          <bdi>{user.name}</bdi>
        </Link>
        <bdi className="muted">{user.loginName}</bdi>
      </FactLine>
      <FactLine term={t`Organisation`}>
        <bdi title={organisation.organisationId}>{organisation.name ?? organisation.organisationId}</bdi>
      </FactLine>
      <FactLine term={t`Reason`}>
        <bdi>{reason}</bdi>
      </FactLine>
      <FactLine term={t`Ticket`}>
        {ticket === null ? <span className="muted">{t`none`}</span> : <bdi>{ticket}</bdi>}
      </FactLine>
      <FactLine term={t`Caller verified by`}>
        {callerWords(caller.how)}
        {caller.to !== null && <bdi dir="ltr">{caller.to}</bdi>}
      </FactLine>
      <FactLine term={t`Agent`}>
        <bdi>{agent.name}</bdi>
      </FactLine>
      <FactLine term={t`Started`}>
        <Moment iso={createdAt} isExact />
        {startedBy.userId !== agent.userId && <bdi>{startedBy.name}</bdi>}
      </FactLine>
    </dl>
  );
}
