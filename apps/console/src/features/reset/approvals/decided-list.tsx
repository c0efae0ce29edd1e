import type { Approval, ApprovalState } from '@latchkey/contract/approval';
import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { paths } from '../../../paths.ts';
import { Moment } from '../../../ui/moment.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';
import type { StateWords } from '../words/state-words.ts';
import { subjectWords } from './subject-words.ts';

/** What was decided lately, or ran out of time. */
export function DecidedList({ approvals }: { readonly approvals: readonly Approval[] }) {
  return (
    <section className="section" aria-labelledby="decided">
      <h2 id="decided">{t`Decided`}</h2>
      <ul className="rows decided-rows">
        {approvals.map((approval) => (
          <DecidedApproval key={approval.approvalId} approval={approval} />
        ))}
      </ul>
    </section>
  );
}

function DecidedApproval({ approval }: { readonly approval: Approval }) {
  const { subject, state, requestedBy, decidedBy, decidedAt, decisionReason, expiresAt } = approval;
  const words = subjectWords(subject);
  return (
    <li>
      <span>
        {subject.kind === 'reset' ? <Link to={paths.reset(subject.resetId)}>{words}</Link> : words}
        <span className="second-line">
          {t`Asked by`} <bdi>{requestedBy.name}</bdi>
        </span>
      </span>
      <StateDot {...approvalState(state)} />
      <span className="muted">
        {decidedBy !== null && <bdi>{decidedBy.name}</bdi>} <Moment iso={decidedAt ?? expiresAt} />
        {decisionReason !== null && (
          <span className="second-line">
            <bdi>{decisionReason}</bdi>
          </span>
        )}
      </span>
    </li>
  );
}

function approvalState(state: ApprovalState): StateWords {
  switch (state) {
    case 'waiting':
      return { tone: 'warn', word: t`Waiting for a second person` };
    case 'approved':
      return { tone: 'ok', word: t`Approved` };
    case 'used':
      return { tone: 'ok', word: t`Approved and begun` };
    case 'refused':
      return { tone: 'danger', word: t`Refused` };
    case 'expired':
      return { tone: 'muted', word: t`Out of time` };
    case 'withdrawn':
      return { tone: 'muted', word: t`Withdrawn` };
  }
}
