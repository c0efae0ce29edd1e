import type { OfferedFactor } from '../../sign-in/assess.ts';
import type { Page } from '../frame/document.ts';
import { html } from '../frame/html.ts';
import { ACTIONS, alert, type FormFrame, keyForm, mainForm, otherWay, otherWays } from './form.ts';
import type { Step } from './next-step.ts';
import type { SettingUp } from './progress.ts';
import { codeForm } from './second-factor-page.ts';
import { WEBAUTHN_SCRIPT } from './webauthn-script.ts';

const NAME: Readonly<Record<OfferedFactor, string>> = {
  totp: 'Authenticator app',
  u2f: 'Security key',
  otpSms: 'Code by SMS',
  otpEmail: 'Code by email',
};

/** Offers the second factors that the policy allows; 'Skip' is there unless one is forced. */
export function setUpPage(frame: FormFrame, step: Extract<Step, { kind: 'setUp' }>): Page {
  const choices = step.choices.map(
    (kind, index) =>
      html`<label class="choice"><input type="radio" name="factor" value="${kind}"${index === 0 && html` checked`}>
${NAME[kind]}</label>`,
  );
  const skip = step.forced ? [] : [otherWay(frame, ACTIONS.skip, 'Skip')];
  const why = step.forced
    ? 'You need a second factor to sign in. Choose one to set up.'
    : 'A second factor protects your account when somebody learns your password. Choose one to set up.';
  const fields = html`<fieldset><legend>Second factor</legend>${choices}</fieldset>`;
  return {
    title: '2-Factor Setup',
    body: html`<p>${why}</p>
${alert(frame)}${mainForm(frame, ACTIONS.setUp, fields)}
${otherWays([...skip, otherWay(frame, ACTIONS.restart, 'Other user')])}`,
  };
}

/** Asks for what proves that the new factor works: a first code, or the key's answer. */
export function confirmSetUpPage(frame: FormFrame, settingUp: SettingUp): Page {
  const back = otherWays([otherWay(frame, ACTIONS.back, 'Choose another')]);
  switch (settingUp.kind) {
    case 'totp':
      return {
        title: 'Authenticator app',
        body: html`<p>Add this key to your authenticator app, then enter the code that it shows.</p>
<p class="secret">${settingUp.secret.replace(/(.{4})(?=.)/g, '$1 ')}</p>
<p><a href="${settingUp.uri}">Open in an authenticator app</a></p>
${alert(frame)}${codeForm(frame, ACTIONS.confirmCode)}${back}`,
      };
    case 'u2f':
      return {
        title: 'Security key',
        script: WEBAUTHN_SCRIPT,
        body: html`<p>Have your security key ready.</p>
${alert(frame)}${keyForm(frame, ACTIONS.confirmKey, 'create', settingUp.options)}${back}`,
      };
  }
}
