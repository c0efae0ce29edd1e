import { LoginPolicy, type SecondFactorType } from '@latchkey/contract/login-policy';
import { apiPaths } from '@latchkey/contract/paths';
import { PolicyReach } from '@latchkey/contract/policy-reach';
import { PolicyChange, type PolicyReasonBody } from '@latchkey/contract/removal';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { change, read } from '../../api/bff-client.ts';
import { readSideDelay } from '../../api/read-side.ts';

/** The instance's login policy. */
export const loginPolicyQuery = queryOptions({
  queryKey: ['loginPolicy'],
  queryFn: ({ signal }) => read(apiPaths.loginPolicy(), LoginPolicy, signal),
});

/** Which organisations the instance's policy holds for, a page at a time. */
export const policyReachQuery = infiniteQueryOptions({
  queryKey: ['policyReach'],
  queryFn: ({ pageParam, signal }) => read(`${apiPaths.policyReach()}?offset=${pageParam}`, PolicyReach, signal),
  initialPageParam: 0,
  getNextPageParam: ({ next }) => next,
  staleTime: 60_000,
});

/** One change of the second factor types. */
export type SecondFactorChange = {
  readonly act: 'remove' | 'add';
  readonly type: SecondFactorType;
  readonly why: PolicyReasonBody;
};

/** Removes a second factor type from the login policy, or adds it back. */
export function useChangeSecondFactor() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ act, type, why }: SecondFactorChange) =>
      change(act === 'remove' ? 'DELETE' : 'PUT', apiPaths.secondFactor(type), why, PolicyChange),
    onSuccess: async (_change, { act, type }) => {
      // A read that left before the change would bring the old list back.
      await client.cancelQueries(loginPolicyQuery);
      client.setQueryData(loginPolicyQuery.queryKey, (policy) => policy && withSecondFactor(policy, act, type));
      setTimeout(() => void client.invalidateQueries(loginPolicyQuery), readSideDelay);
    },
  });
}

/** The policy as it is after a change that succeeded. */
export function withSecondFactor(
  policy: LoginPolicy,
  act: SecondFactorChange['act'],
  type: SecondFactorType,
): LoginPolicy {
  const others = policy.secondFactors.filter((present) => present !== type);
  return { ...policy, secondFactors: act === 'add' ? [...others, type] : others };
}
