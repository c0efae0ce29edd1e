import { loginContext } from '../../commands/context.ts';
import { addOtpEmail, addOtpSms } from '../../commands/factors/one-time-codes.ts';
import { startTotp, verifyTotp } from '../../commands/factors/totp.ts';
import { startWebAuthnRegistration, verifyWebAuthnRegistration } from '../../commands/factors/webauthn-registration.ts';
import { updateSession } from '../../commands/sessions/sessions.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Step } from './next-step.ts';
import type { PagesContext } from './pages-context.ts';
import { type Progress, withoutProblem } from './progress.ts';

type Confirming = Extract<Step, { kind: 'confirmSetUp' }>;

/** Begins to set up the factor that was chosen. Codes by email and SMS need no more: the next page asks for one. */
export async function beginSetUp(
  { store, origin }: PagesContext,
  progress: Progress,
  step: Extract<Step, { kind: 'setUp' }>,
  chosen: string | undefined,
): Promise<Progress> {
  const kept = withoutProblem(progress);
  const context = loginContext(store);
  const userId = step.user.id;
  switch (step.choices.find((kind) => kind === chosen)) {
    case undefined:
      return { ...kept, problem: 'missing' };
    case 'otpEmail':
      await addOtpEmail(context, { userId });
      return kept;
    case 'otpSms':
      await addOtpSms(context, { userId });
      return kept;
    case 'totp': {
      const { secret, uri } = await startTotp(context, { userId });
      return { ...kept, settingUp: { kind: 'totp', secret, uri } };
    }
    case 'u2f': {
      const rpId = new URL(origin).hostname;
      const { tokenId, options } = await startWebAuthnRegistration(context, { userId, kind: 'u2f', rpId });
      return { ...kept, settingUp: { kind: 'u2f', tokenId, options } };
    }
  }
}

/** Confirms an authenticator app by a first code, which is the sign-in's second factor as well. */
export async function confirmTotp(
  { store }: PagesContext,
  progress: Progress,
  step: Confirming,
  code: string,
): Promise<Progress> {
  const { settingUp: _done, ...kept } = withoutProblem(progress);
  try {
    await verifyTotp(loginContext(store), { userId: step.user.id, code });
    await updateSession(loginContext(store), { sessionId: step.sessionId, checks: { totp: code } });
    return kept;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ...progress, problem: 'code' };
  }
}

/** Confirms a security key; the next page asks for it as second factor. */
export async function confirmKey(
  { store }: PagesContext,
  progress: Progress,
  step: Confirming,
  credential: string,
): Promise<Progress> {
  const { settingUp, ...kept } = withoutProblem(progress);
  if (settingUp?.kind !== 'u2f') return kept;
  const { tokenId } = settingUp;
  try {
    const input = { userId: step.user.id, kind: 'u2f', tokenId, name: 'Security key', credential } as const;
    await verifyWebAuthnRegistration(loginContext(store), input);
    return kept;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ...progress, problem: 'key' };
  }
}
