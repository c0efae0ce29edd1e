import type { Reset } from '@latchkey/contract/reset';
import * as z from 'zod/mini';
import { ReturnedWhy } from '../../../session/returned-why.ts';
import { useReturnedIntent } from '../../../session/use-returned-intent.ts';
import type { CaseAct } from '../reset-queries.ts';

/** What the person was about to do to a case when a fresh sign-in was asked for. */
export const CaseIntent = z.discriminatedUnion('act', [
  z.object({ act: z.enum(['run', 'cancel', 'take-over', 'approval']), resetId: z.string() }),
  z.object({ act: z.literal('skip'), resetId: z.string(), number: z.int(), why: ReturnedWhy }),
]);
export type CaseIntent = z.infer<typeof CaseIntent>;

/** Goes on with what was asked of this case before the fresh sign-in, if it still may be done. */
export function useReturnedAct(reset: Reset, onAct: (act: CaseAct) => void): void {
  useReturnedIntent(CaseIntent, (intent) => {
    const act = intent.act === 'skip' ? { ...intent, reason: intent.why.reason } : intent;
    if (intent.resetId === reset.resetId && mayStill(reset, act)) onAct(act);
  });
}

/** What to remember of an act while the person signs in again. */
export function toCaseIntent({ resetId }: Pick<Reset, 'resetId'>, act: CaseAct): CaseIntent {
  return act.act === 'skip'
    ? { act: 'skip', resetId, number: act.number, why: { reason: act.reason } }
    : { act: act.act, resetId };
}

function mayStill({ actions }: Reset, { act }: CaseAct): boolean {
  switch (act) {
    case 'run':
      return actions.run;
    case 'skip':
      return actions.skip;
    case 'cancel':
      return actions.cancel;
    case 'take-over':
      return actions.takeOver;
    case 'approval':
      return actions.requestApproval;
  }
}
