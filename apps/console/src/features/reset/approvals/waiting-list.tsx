import type { Approval } from '@latchkey/contract/approval';
import { plural, t } from '@lingui/core/macro';
import { useEffect, useState } from 'react';
import { whatToAskFor } from '../../../i18n/explain-problem.ts';
import { useReturnedIntent } from '../../../session/use-returned-intent.ts';
import { Button } from '../../../ui/button.tsx';
import { FactLine } from '../../../ui/fact-line.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { SubjectDetails } from './subject-details.tsx';
import { subjectWords } from './subject-words.ts';
import { DecisionIntent, useConfirmDecision } from './use-confirm-decision.ts';

/** What waits, each with all that there is to know about it. */
export function WaitingList({ approvals }: { readonly approvals: readonly Approval[] }) {
  const confirm = useConfirmDecision();
  useReturnedIntent(DecisionIntent, ({ approvalId, decide, why }) => {
    const approval = approvals.find((candidate) => candidate.approvalId === approvalId);
    if (approval) confirm(approval, decide, why);
  });
  return approvals.map((approval) => (
    <WaitingApproval
      key={approval.approvalId}
      approval={approval}
      onDecide={(decision) => confirm(approval, decision)}
    />
  ));
}

type WaitingApprovalProps = {
  readonly approval: Approval;
  readonly onDecide: (decision: DecisionIntent['decide']) => void;
};

function WaitingApproval({ approval, onDecide }: WaitingApprovalProps) {
  const { approvalId, subject, requestedBy, reason, ticket, requestedAt, expiresAt, decide } = approval;
  const headingId = `approval-${approvalId}`;
  return (
    <section className="section approval" aria-labelledby={headingId}>
      <h2 id={headingId}>{subjectWords(subject)}</h2>
      <dl className="facts">
        <FactLine term={t`Asked by`}>
          <bdi>{requestedBy.name}</bdi> <Moment iso={requestedAt} />
        </FactLine>
        <FactLine term={t`Reason`}>
          <bdi>{reason}</bdi>
        </FactLine>
        {ticket !== null && (
          <FactLine term={t`Ticket`}>
            <bdi>{ticket}</bdi>
          </FactLine>
        )}
        <FactLine term={t`Time left`}>
          <TimeLeft until={expiresAt} />
        </FactLine>
      </dl>
      <SubjectDetails subject={subject} />
      {decide.allowed ? (
        <p className="form-buttons">
          <Button tone="main" aria-describedby={headingId} onClick={() => onDecide('approve')}>{t`Approve`}</Button>
          <Button tone="danger" aria-describedby={headingId} onClick={() => onDecide('refuse')}>{t`Refuse`}</Button>
        </p>
      ) : (
        <p className="form-buttons">
          <span className="muted">{undecidableWords(decide)}</span>
          {decide.because === 'own' && (
            <Button aria-describedby={headingId} onClick={() => onDecide('withdraw')}>{t`Withdraw`}</Button>
          )}
        </p>
      )}
    </section>
  );
}

function undecidableWords(decide: Extract<Approval['decide'], { allowed: false }>): string {
  switch (decide.because) {
    case 'own':
      return t`You asked for it, or have the case: somebody else decides.`;
    case 'subject':
      return t`It is about you: somebody else decides.`;
    case 'rank':
      return t`This needs somebody whose role covers theirs.`;
    case 'permission':
      return `${t`Your role does not allow this.`} ${whatToAskFor(decide.permission, decide.role)}`;
    case 'decided':
      return t`It is decided already.`;
  }
}

const minute = 60_000;

/** Whole minutes until a moment. */
function TimeLeft({ until }: { readonly until: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minute / 4);
    return () => clearInterval(timer);
  }, []);
  const minutes = Math.max(0, Math.ceil((Date.parse(until) - now) / minute));
  return <span className="numeric">{plural(minutes, { one: '# minute', other: '# minutes' })}</span>;
}
