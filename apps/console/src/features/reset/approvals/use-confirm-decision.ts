import type { Approval } from '@latchkey/contract/approval';
import { t } from '@lingui/core/macro';
import * as z from 'zod/mini';
import { ReturnedWhy } from '../../../session/returned-why.ts';
import { announce } from '../../../ui/announce.tsx';
import { type Confirmation, confirmAct, type Why } from '../../../ui/confirm-store.ts';
import { type Decision, useDecide } from './decision-queries.ts';
import { subjectWords } from './subject-words.ts';

/** A decision that waits for a fresh sign-in. */
export const DecisionIntent = z.object({
  decide: z.enum(['approve', 'refuse', 'withdraw']),
  approvalId: z.string(),
  why: ReturnedWhy,
});
export type DecisionIntent = z.infer<typeof DecisionIntent>;

type Words = Pick<Confirmation, 'title' | 'follows' | 'verb' | 'tone' | 'asks'>;

/** Asks before a decision, makes it, and says that it is made. */
export function useConfirmDecision() {
  const { mutateAsync } = useDecide();
  return (approval: Approval, decide: DecisionIntent['decide'], why?: Why): void => {
    const { approvalId, planHash, subject, requestedBy } = approval;
    const confirm = async () => {
      const result = await confirmAct({
        ...decisionWords(decide, subjectWords(subject)),
        facts: [
          { term: t`Asked by`, value: requestedBy.name },
          { term: t`Why`, value: approval.reason },
        ],
        leaves: null,
        act: ({ reason }) => mutateAsync({ approvalId, made: toDecision(decide, planHash, reason) }),
        intent: { decide, approvalId } satisfies Omit<DecisionIntent, 'why'>,
        scope: `approval:${approvalId}`,
        ...(why && { why }),
      });
      if (result !== 'done') return;
      announce(doneWords(decide));
      // The buttons that had the focus are gone with what they decided.
      document.querySelector<HTMLElement>('main h1')?.focus();
    };
    void confirm();
  };
}

function decisionWords(decide: DecisionIntent['decide'], subject: string): Words {
  switch (decide) {
    case 'approve':
      return {
        title: t`Approve “${subject}”?`,
        follows: t`It may then run within half an hour, exactly as it stands here.`,
        verb: t`Approve`,
        tone: 'plain',
        asks: 'nothing',
      };
    case 'refuse':
      return {
        title: t`Refuse “${subject}”?`,
        follows: t`It is over then. Whoever asked sees your reason.`,
        verb: t`Refuse`,
        tone: 'danger',
        asks: 'reason',
      };
    case 'withdraw':
      return {
        title: t`Withdraw “${subject}”?`,
        follows: t`Nobody can approve it any more. You can ask again.`,
        verb: t`Withdraw`,
        tone: 'plain',
        asks: 'nothing',
      };
  }
}

function toDecision(decide: DecisionIntent['decide'], planHash: string, reason: string): Decision {
  switch (decide) {
    case 'approve':
      return { decision: 'approve', planHash };
    case 'refuse':
      return { decision: 'refuse', reason };
    case 'withdraw':
      return { decision: 'withdraw' };
  }
}

function doneWords(decide: DecisionIntent['decide']): string {
  switch (decide) {
    case 'approve':
      return t`Approved.`;
    case 'refuse':
      return t`Refused.`;
    case 'withdraw':
      return t`Withdrawn.`;
  }
}
