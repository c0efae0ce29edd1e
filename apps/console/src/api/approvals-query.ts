import { Approval, type ApprovalBody, ApprovalList } from '@latchkey/contract/approval';
import { apiPaths } from '@latchkey/contract/paths';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { change, read } from './bff-client.ts';

const pollInterval = 30_000;

/** What waits for a second person, and what was decided lately. A page that polls is not a person: it only peeks. */
export const approvalsQuery = queryOptions({
  queryKey: ['approvals'],
  queryFn: ({ signal }) => read(`${apiPaths.approvals()}?peek=1`, ApprovalList, signal),
  refetchInterval: pollInterval,
});

/** Asks a second person for a change of the login policy, or to lift a limit once. */
export function useRequestApproval() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ApprovalBody) => change('POST', apiPaths.approvals(), body, Approval),
    onSuccess: () => client.invalidateQueries(approvalsQuery),
  });
}
