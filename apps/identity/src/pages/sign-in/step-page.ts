import type { Page } from '../frame/document.ts';
import { html } from '../frame/html.ts';
import { ACTIONS, alert, type FormFrame, faulty, keyForm, mainForm, otherWay, otherWays } from './form.ts';
import type { Step } from './next-step.ts';
import { secondFactorPage } from './second-factor-page.ts';
import { confirmSetUpPage, setUpPage } from './set-up-page.ts';
import { WEBAUTHN_SCRIPT } from './webauthn-script.ts';

export type ShownStep = Exclude<Step, { readonly kind: 'done' }>;

/**
 * The page of a step: one question, the button 'Next' first, other ways after it.
 *
 * @param keyOptions for the browser's WebAuthn, where the step asks for a key.
 */
export function stepPage(step: ShownStep, frame: FormFrame, keyOptions: unknown): Page {
  switch (step.kind) {
    case 'loginName':
      return loginNamePage(frame);
    case 'selectAccount':
      return accountPage(frame, step.loginName);
    case 'password':
      return passwordPage(frame, step.loginName);
    case 'passkey':
      return passkeyPage(frame, step.loginName, keyOptions);
    case 'secondFactor':
      return secondFactorPage(frame, step, keyOptions);
    case 'setUp':
      return setUpPage(frame, step);
    case 'confirmSetUp':
      return confirmSetUpPage(frame, step.settingUp);
    case 'noWayIn':
      return noWayInPage(frame);
  }
}

function loginNamePage(frame: FormFrame): Page {
  const field = html`<label for="loginName">Login name</label>
<input id="loginName" name="loginName" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus${faulty(frame)}>`;
  return { title: 'Sign in', body: html`${alert(frame)}${mainForm(frame, ACTIONS.loginName, field)}` };
}

function accountPage(frame: FormFrame, loginName: string): Page {
  return {
    title: 'Select Account',
    body: html`<p>You are signed in as <strong>${loginName}</strong>.</p>
${mainForm(frame, ACTIONS.account)}
${otherWays([otherUser(frame)])}`,
  };
}

function passwordPage(frame: FormFrame, loginName: string): Page {
  // The name goes along for password managers, which fill both.
  const field = html`<input type="text" name="username" value="${loginName}" autocomplete="username" hidden>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required autofocus${faulty(frame)}>`;
  return {
    title: 'Password',
    body: html`<p class="muted">${loginName}</p>
${alert(frame)}${mainForm(frame, ACTIONS.password, field)}
${otherWays([otherWay(frame, ACTIONS.byPasskey, 'Use a passkey'), otherUser(frame)])}`,
  };
}

function passkeyPage(frame: FormFrame, loginName: string, options: unknown): Page {
  return {
    title: 'Passkey',
    script: WEBAUTHN_SCRIPT,
    body: html`<p class="muted">${loginName}</p>
${alert(frame)}${keyForm(frame, ACTIONS.passkey, 'get', options)}
${otherWays([otherWay(frame, ACTIONS.byPassword, 'Use the password'), otherUser(frame)])}`,
  };
}

/** The words are ZITADEL's, so that whoever looks them up finds them. */
function noWayInPage(frame: FormFrame): Page {
  return {
    title: 'Sign-in is not possible',
    status: 400,
    body: html`<p>A second factor is needed to sign in, and the login policy allows none. Ask your administrator.</p>
<p class="muted"><code>Errors.Login.LoginPolicy.MFA.ForceAndNotConfigured (LOGIN-5Hm8s)</code></p>
${otherWays([otherUser(frame)])}`,
  };
}

export function otherUser(frame: FormFrame) {
  return otherWay(frame, ACTIONS.restart, 'Other user');
}
