import type { OfferedFactor } from '../../sign-in/assess.ts';
import type { UserTable } from '../../store/tables.ts';
import type { Page } from '../frame/document.ts';
import { type Html, html } from '../frame/html.ts';
import { ACTIONS, alert, type FormFrame, faulty, keyForm, mainForm, otherWay, otherWays } from './form.ts';
import type { Step } from './next-step.ts';
import { WEBAUTHN_SCRIPT } from './webauthn-script.ts';

const OTHER_WAY: Readonly<Record<OfferedFactor, string>> = {
  otpEmail: 'Use a code by email',
  otpSms: 'Use a code by SMS',
  totp: 'Use the authenticator app',
  u2f: 'Use a security key',
};

/** Asks for a second factor, and offers the others that the person has. */
export function secondFactorPage(
  frame: FormFrame,
  step: Extract<Step, { kind: 'secondFactor' }>,
  keyOptions: unknown,
): Page {
  const others = step.others.map((kind) =>
    otherWay(frame, ACTIONS.choose, OTHER_WAY[kind], html`<input type="hidden" name="factor" value="${kind}">`),
  );
  const isSent = step.factor === 'otpEmail' || step.factor === 'otpSms';
  const again = isSent ? [otherWay(frame, ACTIONS.resend, 'Send a new code')] : [];
  const isKey = step.factor === 'u2f';
  return {
    title: 'Verify 2-Factor',
    ...(isKey && { script: WEBAUTHN_SCRIPT }),
    body: html`<p>${explain(step.factor, step.user)}</p>
${alert(frame)}${isKey ? keyForm(frame, ACTIONS.key, 'get', keyOptions) : codeForm(frame, ACTIONS.code)}
${otherWays([...again, ...others, otherWay(frame, ACTIONS.restart, 'Other user')])}`,
  };
}

export function codeForm(frame: FormFrame, action: string): Html {
  const field = html`<label for="code">Code</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required autofocus${faulty(frame)}>`;
  return mainForm(frame, action, field);
}

function explain(factor: OfferedFactor, user: UserTable): string {
  switch (factor) {
    case 'otpEmail':
      return `A code was sent to ${maskEmail(user.email)}.`;
    case 'otpSms':
      return `A code was sent to the number that ends in ${user.phone.slice(-3)}.`;
    case 'totp':
      return 'Enter the code that your authenticator app shows.';
    case 'u2f':
      return 'Have your security key ready.';
  }
}

/** Enough to know the mailbox again, too little to learn it. */
function maskEmail(email: string): string {
  return `${email.slice(0, 1)}•••${email.slice(email.lastIndexOf('@'))}`;
}
