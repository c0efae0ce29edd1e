import { loginContext } from '../../commands/context.ts';
import { findByLoginName } from '../../commands/sessions/run-checks.ts';
import type { SessionUserAgent } from '../../commands/sessions/session-input.ts';
import { createSession, loadSession, updateSession } from '../../commands/sessions/sessions.ts';
import { comparePassword } from '../../commands/users/check-password.ts';
import { DomainError } from '../../domain/errors.ts';
import type { OfferedFactor } from '../../sign-in/assess.ts';
import type { Store } from '../../store/open-store.ts';
import type { Step } from './next-step.ts';
import type { Problem, Progress } from './progress.ts';

/** Checks a password, in the session that grows with the sign-in. */
export async function answerPassword(
  store: Store,
  progress: Progress,
  password: string,
  userAgent: SessionUserAgent,
): Promise<Progress> {
  const context = loginContext(store);
  const loginName = progress.loginName ?? '';
  const { problem: _before, ...kept } = progress;
  const user = await findByLoginName(store.db, loginName);
  if (user?.state !== 'active') {
    // Takes as long as a wrong password of somebody who may sign in.
    await comparePassword(context, { userId: '', password });
    return { ...kept, problem: 'credentials' };
  }
  const session = progress.sessionId === undefined ? undefined : await loadSession(store.db, progress.sessionId);
  const checks = { user: { userId: user.id }, password };
  try {
    const { sessionId } =
      session?.user_id === user.id
        ? await updateSession(context, { sessionId: session.id, checks })
        : await createSession(context, { checks, userAgent });
    return { ...kept, sessionId };
  } catch (error) {
    return { ...kept, problem: problemOf(error, 'credentials') };
  }
}

/** Checks a code of the second factor that was asked for. */
export async function answerCode(
  store: Store,
  progress: Progress,
  step: Extract<Step, { kind: 'secondFactor' }>,
  text: string,
): Promise<Progress> {
  const code = text.replace(/\s/g, '');
  const { problem: _before, ...kept } = progress;
  if (step.factor === 'u2f') return { ...kept, problem: 'code' };
  try {
    await updateSession(loginContext(store), { sessionId: step.sessionId, checks: { [step.factor]: code } });
    return kept;
  } catch (error) {
    return { ...kept, problem: problemOf(error, 'code') };
  }
}

/** Sends a code by mail or SMS where the step needs one and none is under way. */
export async function sendCode(
  store: Store,
  progress: Progress,
  step: { readonly sessionId: string; readonly factor: OfferedFactor },
): Promise<Progress> {
  const { factor, sessionId } = step;
  if ((factor !== 'otpEmail' && factor !== 'otpSms') || progress.codeSentBy === factor) return progress;
  await updateSession(loginContext(store), { sessionId, challenges: { [factor]: 'send' } });
  return { ...progress, codeSentBy: factor };
}

/** @throws whatever is not the person's doing. */
function problemOf(error: unknown, otherwise: Problem): Problem {
  if (!(error instanceof DomainError)) throw error;
  return error.id === 'CODE-QvUQ4P' ? 'codeExpired' : otherwise;
}
