import { Code, ConnectError } from '@connectrpc/connect';
import type { CodeChannel } from '@latchkey/contract/reset';
import type { AsCaller } from './caller.ts';
import type { Zitadel } from './client.ts';
import { mayHaveHappened } from './to-problem.ts';

/** `over`: it expired, was used, or its session or person is not there any more; no code can be right. */
export type CodeAnswer = 'right' | 'wrong' | 'over';

/** Twice as long as its code: nothing lives on at ZITADEL for long, even if its end is never told. */
const sessionSeconds = 600n;

/**
 * Begins a session in which nothing is proved, and has ZITADEL send the person a code in it. Needs `session.write` on the
 * instance. The session's token is not kept: only its id is needed to check the code.
 *
 * @returns the session's id.
 * @throws ConnectError FailedPrecondition for somebody locked or deactivated, or without that factor; UpstreamFault
 */
export async function sendOneTimeCode(
  zitadel: Zitadel,
  caller: AsCaller,
  userId: string,
  channel: CodeChannel,
): Promise<string> {
  const { sessionId } = await zitadel.sessions.createSession(
    {
      checks: { user: { search: { case: 'userId', value: userId } } },
      challenges:
        channel === 'otpEmail'
          ? { otpEmail: { deliveryType: { case: 'sendCode', value: {} } } }
          : { otpSms: { returnCode: false } },
      lifetime: { seconds: sessionSeconds },
    },
    caller,
  );
  return sessionId;
}

/**
 * Checks a code. A wrong one counts towards the person's lock-out (zitadel.md 3.3), so it is asked once; what became of a
 * lost answer is read from the session.
 *
 * @throws ConnectError, UpstreamFault
 */
export async function checkOneTimeCode(
  zitadel: Zitadel,
  caller: AsCaller,
  { sessionId, channel, code }: { readonly sessionId: string; readonly channel: CodeChannel; readonly code: string },
): Promise<CodeAnswer> {
  const checks = channel === 'otpEmail' ? { otpEmail: { code } } : { otpSms: { code } };
  try {
    await zitadel.sessions.setSession({ sessionId, checks }, caller);
    return 'right';
  } catch (error) {
    if (hasCode(error, [Code.InvalidArgument])) return 'wrong';
    if (hasCode(error, [Code.FailedPrecondition, Code.NotFound])) return 'over';
    if (mayHaveHappened(error) && (await isChecked(zitadel, caller, sessionId, channel))) return 'right';
    throw error;
  }
}

async function isChecked(
  zitadel: Zitadel,
  caller: AsCaller,
  sessionId: string,
  channel: CodeChannel,
): Promise<boolean> {
  const { session } = await zitadel.sessions.getSession({ sessionId }, caller);
  return session?.factors?.[channel]?.verifiedAt !== undefined;
}

const hasCode = (error: unknown, codes: readonly Code[]): boolean =>
  error instanceof ConnectError && codes.includes(error.code);
