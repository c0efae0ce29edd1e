import type { Reset } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { FactLine } from '../../../ui/fact-line.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { callerWords } from '../words/caller-words.ts';

/** Who, whom, why, when: what somebody wants to know a year later. */
export function ReceiptFacts({ reset }: { readonly reset: Reset }) {
  const { resetId, user, organisation, reason, ticket, caller, agent, startedBy, createdAt, finishedAt } = reset;
  return (
    <dl className="facts facts-columns">
      <FactLine term={t`Person`}>
        <bdi>{user.name}</bdi>
        <bdi className="muted">{user.loginName}</bdi>
      </FactLine>
      <FactLine term={t`Organisation`}>
        <bdi>{organisation.name ?? organisation.organisationId}</bdi>
      </FactLine>
      <FactLine term={t`Reason`}>
        <bdi>{reason}</bdi>
      </FactLine>
      {ticket !== null && (
        <FactLine term={t`Ticket`}>
          <bdi>{ticket}</bdi>
        </FactLine>
      )}
      <FactLine term={t`Caller verified by`}>
        {callerWords(caller.how)}
        {caller.to !== null && <bdi dir="ltr">{caller.to}</bdi>}
      </FactLine>
      <FactLine term={t`Done by`}>
        <bdi>{agent.name}</bdi> <code>{agent.userId}</code>
      </FactLine>
      <FactLine term={t`Started`}>
        <Moment iso={createdAt} isExact />
        {startedBy.userId !== agent.userId && <bdi>{startedBy.name}</bdi>}
      </FactLine>
      {finishedAt !== null && (
        <FactLine term={t`Ended`}>
          <Moment iso={finishedAt} isExact />
        </FactLine>
      )}
      <Approval approval={reset.approval} />
      <FactLine term={t`Case id`}>
        <code>{resetId}</code> <CopyButton value={resetId} what={t`case id`} />
      </FactLine>
      <FactLine term={t`User id`}>
        <code>{user.userId}</code> <CopyButton value={user.userId} what={t`user id`} />
      </FactLine>
    </dl>
  );
}

function Approval({ approval }: Pick<Reset, 'approval'>) {
  if (approval === null) return null;
  return (
    <FactLine term={t`Approved by`}>
      {approval.decidedBy === null ? <span className="muted">{t`nobody`}</span> : <bdi>{approval.decidedBy.name}</bdi>}
      {approval.decidedAt !== null && <Moment iso={approval.decidedAt} isExact />}
    </FactLine>
  );
}
