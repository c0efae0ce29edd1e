import type { CallerCode, CodeChannel } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { ApiError, hasCode } from '../../../api/api-error.ts';
import { announce } from '../../../ui/announce.tsx';
import { useCheckCallerCode, useSendCallerCode } from '../caller-code-queries.ts';
import type { FormIntent } from './form-intent.ts';
import type { ResetForm } from './form-state.ts';

/** The code to the caller: what can be done with it, and how the last of it went. */
export type CallerCodeActs = {
  readonly send: (channel: CodeChannel) => void;
  readonly check: (code: string) => void;
  readonly isBusy: boolean;
  /** What was typed last was not what had been sent. */
  readonly isWrong: boolean;
  readonly error: unknown;
  readonly scope: string;
  /** What to come back to after a fresh sign-in, if that is what is wanted. */
  readonly intent: FormIntent | null;
};

/** @param onCallerCode what became of the code, to be kept with the form */
export function useCallerCode(
  userId: string,
  form: ResetForm,
  onCallerCode: (callerCode: CallerCode) => void,
): CallerCodeActs {
  const sending = useSendCallerCode(userId);
  const checking = useCheckCallerCode(userId);
  const { callerCode } = form;

  const send = (channel: CodeChannel) => {
    checking.reset();
    sending.mutate(channel, {
      onSuccess: (sent) => {
        onCallerCode(sent);
        announce(t`The code is on its way.`);
      },
    });
  };
  const check = (code: string) => {
    if (callerCode === null) return;
    sending.reset();
    checking.mutate(
      { callerCodeId: callerCode.callerCodeId, code },
      {
        onSuccess: (checked) => {
          onCallerCode(checked);
          if (checked.state === 'verified') announce(t`The caller is verified.`);
        },
        onError: (error) => onCallerCode(afterWrongCode(callerCode, error)),
      },
    );
  };
  const failed = sending.error !== null ? 'sendCallerCode' : 'checkCallerCode';
  return {
    send,
    check,
    isBusy: sending.isPending || checking.isPending,
    isWrong: hasCode(checking.error, 'code_wrong') || (checking.data !== undefined && checking.data.state === 'sent'),
    error: sending.error ?? checking.error,
    scope: `user:${userId}`,
    intent: intentOf(failed, form, sending.variables),
  };
}

function intentOf(failed: FormIntent['act'], form: ResetForm, channel: CodeChannel | undefined): FormIntent | null {
  if (failed === 'sendCallerCode') return channel === undefined ? null : { act: failed, form, channel };
  return failed === 'checkCallerCode' ? { act: failed, form } : null;
}

/** The code with one try less, as far as the answer says. */
function afterWrongCode(callerCode: CallerCode, error: unknown): CallerCode {
  if (!(error instanceof ApiError) || error.failure.kind !== 'problem') return callerCode;
  const { code, attemptsLeft } = error.failure.problem;
  if (code !== 'code_wrong' || attemptsLeft === undefined) return callerCode;
  return { ...callerCode, attemptsLeft, state: attemptsLeft > 0 ? 'sent' : 'failed' };
}
