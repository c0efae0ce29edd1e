import { apiPaths } from '@latchkey/contract/paths';
import { CallerCode, type CodeChannel } from '@latchkey/contract/reset';
import { useMutation } from '@tanstack/react-query';
import { change } from '../../api/bff-client.ts';

/** Sends a code to one of the caller's channels. */
export function useSendCallerCode(userId: string) {
  return useMutation({
    mutationFn: (channel: CodeChannel) => change('POST', apiPaths.callerCodes(userId), { channel }, CallerCode),
  });
}

/** Checks what the caller read out. */
export function useCheckCallerCode(userId: string) {
  return useMutation({
    mutationFn: ({ callerCodeId, code }: { readonly callerCodeId: string; readonly code: string }) =>
      change('POST', apiPaths.callerCodeCheck(userId, callerCodeId), { code }, CallerCode),
  });
}
