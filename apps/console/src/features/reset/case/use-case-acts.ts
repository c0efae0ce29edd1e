import type { Reset, ResetStep } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { isolate } from '../../../i18n/isolate.ts';
import { confirmAct } from '../../../ui/confirm-store.ts';
import { type CaseAct, useCaseAct } from '../reset-queries.ts';
import { deedWords } from '../words/deed-words.ts';
import { type CaseIntent, useReturnedAct } from './case-intent.ts';
import type { CaseFailure } from './case-trouble.tsx';

/** What can be done with a case on its page, and how the last of it went. */
export type CaseActs = {
  readonly run: () => void;
  readonly askForApproval: () => void;
  readonly takeOver: () => void;
  readonly cancel: () => void;
  readonly skip: (step: ResetStep) => void;
  readonly isBusy: boolean;
  readonly failure: CaseFailure | null;
};

/** What is asked about first is asked in the one dialog, which shows its own failures; the rest shows them on the page. */
export function useCaseActs(reset: Reset): CaseActs {
  const onPage = useCaseAct(reset);
  const inDialog = useCaseAct(reset);
  const now = (act: CaseAct) => {
    if (!onPage.isPending) onPage.mutate(act);
  };
  useReturnedAct(reset, now);

  const name = isolate(reset.user.name);
  const about = {
    facts: [
      { term: t`Person`, value: reset.user.name },
      { term: t`Login name`, value: reset.user.loginName },
    ],
    scope: `user:${reset.user.userId}`,
  };
  const intent = (act: 'cancel' | 'take-over') => ({ act, resetId: reset.resetId }) satisfies CaseIntent;
  const confirm = (question: Parameters<typeof confirmAct>[0]) => void confirmAct(question);
  return {
    run: () => now({ act: 'run' }),
    askForApproval: () => now({ act: 'approval' }),
    takeOver: () => {
      const agent = isolate(reset.agent.name);
      confirm({
        ...about,
        title: t`Take over the reset of ${name}?`,
        follows: t`The case goes on with your rights and under your name, not ${agent}'s.`,
        leaves: null,
        verb: t`Take over`,
        tone: 'plain',
        asks: 'nothing',
        act: () => inDialog.mutateAsync({ act: 'take-over' }),
        intent: intent('take-over'),
      });
    },
    cancel: () =>
      confirm({
        ...about,
        title: t`Cancel the reset of ${name}?`,
        follows: t`Nothing more of it runs.`,
        leaves: reset.leftLocked
          ? t`The account stays locked: unlock it on the person's page.`
          : t`What is done stays done.`,
        verb: t`Cancel the case`,
        tone: 'danger',
        asks: 'nothing',
        act: () => inDialog.mutateAsync({ act: 'cancel' }),
        intent: intent('cancel'),
      }),
    skip: (step) => {
      const words = deedWords(step.deed);
      confirm({
        ...about,
        title: t`Skip “${words}”?`,
        follows: t`It is left undone, and the case says so with your reason.`,
        leaves: null,
        verb: t`Skip this step`,
        tone: 'danger',
        asks: 'reason',
        act: ({ reason }) => inDialog.mutateAsync({ act: 'skip', number: step.number, reason }),
        intent: { act: 'skip', resetId: reset.resetId, number: step.number },
      });
    },
    isBusy: onPage.isPending,
    failure: onPage.error && onPage.variables ? { error: onPage.error, act: onPage.variables } : null,
  };
}
