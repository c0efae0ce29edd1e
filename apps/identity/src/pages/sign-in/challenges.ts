import { loginContext } from '../../commands/context.ts';
import type { SessionUserAgent } from '../../commands/sessions/session-input.ts';
import { createSession, loadSession, updateSession } from '../../commands/sessions/sessions.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Store } from '../../store/open-store.ts';
import type { PagesContext } from './pages-context.ts';
import type { Progress } from './progress.ts';
import type { ShownStep } from './step-page.ts';

/** What a page needs that is made when it is shown. */
export interface Prepared {
  readonly progress: Progress;
  /** For the browser's WebAuthn, where the step asks for a key. */
  readonly keyOptions?: unknown;
}

/** Sends the code, or makes the challenge, that the step's page asks an answer to. */
export async function prepareStep(
  { store, origin }: PagesContext,
  progress: Progress,
  step: ShownStep,
  userAgent: SessionUserAgent,
): Promise<Prepared> {
  const rpId = new URL(origin).hostname;
  try {
    if (step.kind === 'passkey') return await challengePasskey(store, progress, step, rpId, userAgent);
    if (step.kind !== 'secondFactor') return { progress };
    const { factor, sessionId } = step;
    if (factor === 'u2f') {
      const webAuthn = { rpId, userVerification: 'discouraged' } as const;
      const { challenges } = await updateSession(loginContext(store), { sessionId, challenges: { webAuthn } });
      return { progress, keyOptions: challenges.webAuthn };
    }
    // A reload must not send another code.
    if (factor === 'totp' || progress.codeSentBy === factor) return { progress };
    await updateSession(loginContext(store), { sessionId, challenges: { [factor]: 'send' } });
    return { progress: { ...progress, codeSentBy: factor } };
  } catch (error) {
    // A key that was registered for another domain, for example.
    if (!(error instanceof DomainError)) throw error;
    return { progress: { ...progress, problem: 'key' } };
  }
}

async function challengePasskey(
  store: Store,
  progress: Progress,
  { user }: Extract<ShownStep, { kind: 'passkey' }>,
  rpId: string,
  userAgent: SessionUserAgent,
): Promise<Prepared> {
  if (!user) return { progress: { ...progress, problem: 'noPasskey' } };
  const challenges = { webAuthn: { rpId, userVerification: 'required' } } as const;
  const session = progress.sessionId === undefined ? undefined : await loadSession(store.db, progress.sessionId);
  const made =
    session?.user_id === user.id
      ? await updateSession(loginContext(store), { sessionId: session.id, challenges })
      : await createSession(loginContext(store), { checks: { user: { userId: user.id } }, challenges, userAgent });
  return { progress: { ...progress, sessionId: made.sessionId }, keyOptions: made.challenges.webAuthn };
}
