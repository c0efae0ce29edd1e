import { loginContext } from '../../commands/context.ts';
import { findByLoginName } from '../../commands/sessions/run-checks.ts';
import type { SessionChecks, SessionUserAgent } from '../../commands/sessions/session-input.ts';
import { createSession, loadSession, updateSession } from '../../commands/sessions/sessions.ts';
import { comparePassword } from '../../commands/users/check-password.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Store } from '../../store/open-store.ts';
import type { Step } from './next-step.ts';
import { type Problem, type Progress, withoutProblem } from './progress.ts';

/** Checks a password, in the session that grows with the sign-in. */
export async function answerPassword(
  store: Store,
  progress: Progress,
  password: string,
  userAgent: SessionUserAgent,
): Promise<Progress> {
  const context = loginContext(store);
  const kept = withoutProblem(progress);
  const user = await findByLoginName(store.db, progress.loginName ?? '');
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
  code: string,
): Promise<Progress> {
  if (step.factor === 'u2f') return { ...progress, problem: 'code' };
  return answerCheck(store, progress, step.sessionId, { [step.factor]: code }, 'code');
}

/** Checks what a security key or passkey answered to the session's challenge. */
export async function answerKey(
  store: Store,
  progress: Progress,
  sessionId: string | undefined,
  credential: string,
): Promise<Progress> {
  if (sessionId === undefined) return { ...progress, problem: 'key' };
  return answerCheck(store, progress, sessionId, { webAuthn: credential }, 'key');
}

async function answerCheck(
  store: Store,
  progress: Progress,
  sessionId: string,
  checks: SessionChecks,
  problem: Problem,
): Promise<Progress> {
  const kept = withoutProblem(progress);
  try {
    await updateSession(loginContext(store), { sessionId, checks });
    return kept;
  } catch (error) {
    return { ...kept, problem: problemOf(error, problem) };
  }
}

/** @throws whatever is not the person's doing. */
function problemOf(error: unknown, otherwise: Problem): Problem {
  if (!(error instanceof DomainError)) throw error;
  return error.id === 'CODE-QvUQ4P' ? 'codeExpired' : otherwise;
}
