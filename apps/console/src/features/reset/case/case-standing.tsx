import type { Reset } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { formatTime } from '../../../i18n/format.ts';
import { isolate } from '../../../i18n/isolate.ts';
import { useSession } from '../../../session/use-session.ts';
import { approvalBecause, tooFewWords } from '../words/approval-words.ts';
import { hasFailed } from '../words/state-words.ts';

/** How the case stands, in a sentence or two, and who has it. */
export function CaseStanding({ reset }: { readonly reset: Reset }) {
  const viewerId = useSession()?.profile.sub;
  const agent = isolate(reset.agent.name);
  const isOver = reset.state === 'cancelled' || reset.state === 'refused';
  const words = standingWords(reset);
  return (
    <>
      {viewerId !== undefined && reset.agent.userId !== viewerId && !isOver && <p>{t`${agent} has this case.`}</p>}
      <ApprovalStanding approval={reset.approval} isOver={isOver} />
      {reset.tooOld === true && (
        <p className="refusal">{t`This case is too old: cancel it and start anew. The caller was verified too long ago.`}</p>
      )}
      {words !== null && reset.tooOld !== true && <p>{words}</p>}
      {isOver && reset.leftLocked && (
        <p className="refusal">{t`The account is still locked: unlock it on the person's page.`}</p>
      )}
    </>
  );
}

function standingWords({ state, steps }: Reset): string | null {
  switch (state) {
    case 'planned':
      return t`Nothing has been done yet.`;
    case 'running':
      return t`It goes on by itself, also when this tab is closed.`;
    case 'interrupted':
      return t`It was interrupted. What was tried last is looked at first: nothing is done twice.`;
    case 'stopped':
      return steps.some(hasFailed)
        ? t`It stopped at the step that failed. Run it again, or skip the step.`
        : t`The step is skipped. Run it again to go on with the rest.`;
    case 'cancelled':
      return t`It was cancelled: nothing more of it runs.`;
    case 'waiting':
    case 'refused':
    case 'done':
      return null;
  }
}

type ApprovalStandingProps = { readonly approval: Reset['approval']; readonly isOver: boolean };

/** What a second person has said, or is to say. */
function ApprovalStanding({ approval, isOver }: ApprovalStandingProps) {
  if (approval === null || approval.state === 'used') return null;
  const isAsked = approval.state !== 'needed';
  return (
    <div className="refusal">
      <p>
        <strong>{approvalWords(approval)}</strong>
      </p>
      {!isAsked && <p>{approvalBecause(approval.because)}</p>}
      {!isOver && approval.approvers === 0 && <p>{tooFewWords()}</p>}
      {approval.decisionReason !== null && (
        <p>
          <bdi>{approval.decisionReason}</bdi>
        </p>
      )}
    </div>
  );
}

function approvalWords({ state, expiresAt, decidedBy }: NonNullable<Reset['approval']>): string {
  const time = expiresAt === null ? '' : formatTime(expiresAt);
  const name = isolate(decidedBy?.name ?? '');
  switch (state) {
    case 'needed':
      return t`This needs a second person.`;
    case 'waiting':
      return t`Waiting for a second person, until ${time}. This page notices when they decide.`;
    case 'approved':
      return t`Approved by ${name}. Run it until ${time}.`;
    case 'refused':
      return t`Refused by ${name}.`;
    case 'expired':
      return t`The time to decide or to run is over. Ask again.`;
    case 'used':
      return t`Approved by ${name}.`;
  }
}
