import { Approval } from '@latchkey/contract/approval';
import { apiPaths } from '@latchkey/contract/paths';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { approvalsQuery } from '../../../api/approvals-query.ts';
import { change } from '../../../api/bff-client.ts';

/** What is done with a request. */
export type Decision =
  | { readonly decision: 'approve'; readonly planHash: string }
  | { readonly decision: 'refuse'; readonly reason: string }
  | { readonly decision: 'withdraw' };

/** Decides about a request, or takes one's own back. */
export function useDecide() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ approvalId, made }: { readonly approvalId: string; readonly made: Decision }) => {
      const { decision, ...body } = made;
      return change('POST', apiPaths.decide(approvalId, decision), body, Approval);
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['resets'] });
      return client.invalidateQueries(approvalsQuery);
    },
  });
}
