import { failedPrecondition } from '../../domain/errors.ts';
import { loadFactor, loadUser } from '../../store/load.ts';
import type { Database } from '../../store/tables.ts';
import type { CommandContext } from '../context.ts';
import { deliver } from '../deliver.ts';
import { CODE_LIFETIME, macOf, type OneTimeCodeKind, oneTimeCodeMessage } from '../factors/one-time-codes.ts';
import { startWebAuthnCheck } from '../factors/webauthn-login.ts';
import { newCode } from '../new-code.ts';
import { requireUser } from './run-checks.ts';
import { note, type SessionDraft } from './session-draft.ts';
import type { MadeChallenges, SessionChallenges } from './session-input.ts';

/** Makes the challenges that were asked for. @throws DomainError COMMAND-JKLJ3, COMMAND-BJ2g3 without the factor. */
export async function makeChallenges(
  context: CommandContext,
  db: Database,
  draft: SessionDraft,
  instanceId: string,
  asked: SessionChallenges,
): Promise<MadeChallenges> {
  const webAuthn =
    asked.webAuthn &&
    (await startWebAuthnCheck(db, { userId: requireUser(draft, 'COMMAND-eeR2e'), ...asked.webAuthn }));
  if (webAuthn) {
    note(draft, instanceId, 'session.webAuthN.challenged', {
      challenge: webAuthn.challenge,
      rpID: webAuthn.rpId,
      userVerification: webAuthn.userVerification,
    });
  }
  const otpSms = asked.otpSms && (await makeCode(context, db, draft, instanceId, 'otpSms', asked.otpSms === 'return'));
  const returnsEmail = asked.otpEmail === 'return';
  const otpEmail = asked.otpEmail && (await makeCode(context, db, draft, instanceId, 'otpEmail', returnsEmail));
  return {
    ...(webAuthn && { webAuthn: webAuthn.options }),
    ...(otpSms && asked.otpSms === 'return' && { otpSms }),
    ...(otpEmail && returnsEmail && { otpEmail }),
  };
}

async function makeCode(
  context: CommandContext,
  db: Database,
  draft: SessionDraft,
  instanceId: string,
  kind: OneTimeCodeKind,
  codeReturned: boolean,
): Promise<string> {
  const user = await loadUser(db, requireUser(draft, kind === 'otpSms' ? 'COMMAND-JKL3g' : 'COMMAND-JK3gp'));
  if (!user || !(await loadFactor(db, user.id, kind))) {
    const id = kind === 'otpEmail' ? 'COMMAND-JKLJ3' : 'COMMAND-BJ2g3';
    throw failedPrecondition(id, 'Errors.User.MFA.OTP.NotReady');
  }
  const code = newCode();
  const payload = {
    codeMac: macOf(context.store.vault, user.id, code),
    expiry: context.now() + CODE_LIFETIME,
    codeReturned,
  };
  note(draft, instanceId, kind === 'otpSms' ? 'session.otp.sms.challenged' : 'session.otp.email.challenged', payload);
  if (!codeReturned) {
    note(draft, instanceId, kind === 'otpSms' ? 'session.otp.sms.sent' : 'session.otp.email.sent', {});
    await deliver(context, db, oneTimeCodeMessage(user, kind, code));
  }
  return code;
}
