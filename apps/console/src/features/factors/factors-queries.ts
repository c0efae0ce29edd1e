import { type Factor, toFactorRef } from '@latchkey/contract/factor';
import { apiPaths } from '@latchkey/contract/paths';
import { FactorRemoval, type ReasonBody } from '@latchkey/contract/removal';
import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { change } from '../../api/bff-client.ts';
import { readSideDelay } from '../../api/read-side.ts';
import { userFactorsQuery } from '../../api/user-factors-query.ts';
import type { SeenRemoval } from './factor-rows.ts';

type RemoveFactor = { readonly factor: Factor; readonly why: ReasonBody };

const removalKey = (userId: string) => ['removeFactor', userId];

/** Removes one factor of a user. Both outcomes, removed and already gone, are success. */
export function useRemoveFactor(userId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationKey: removalKey(userId),
    mutationFn: ({ factor, why }: RemoveFactor) =>
      change('DELETE', apiPaths.factor(userId, toFactorRef(factor)), why, FactorRemoval),
    onSuccess: () => {
      void client.invalidateQueries(userFactorsQuery(userId));
      setTimeout(() => void client.invalidateQueries({ queryKey: ['users', userId] }), readSideDelay);
    },
  });
}

/** What this page has removed of a user, read from the mutations themselves: there is no second list to keep true. */
export function useSeenRemovals(userId: string): readonly SeenRemoval[] {
  return useMutationState({
    filters: { mutationKey: removalKey(userId), status: 'success' },
    select: ({ state }) => ({ factor: (state.variables as RemoveFactor).factor, at: state.submittedAt }),
  });
}
