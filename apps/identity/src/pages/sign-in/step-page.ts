import type { OfferedFactor } from '../../sign-in/assess.ts';
import type { UserTable } from '../../store/tables.ts';
import type { Page } from '../frame/document.ts';
import { type Html, html } from '../frame/html.ts';
import type { Step } from './next-step.ts';
import { PROBLEM_TEXT, type Problem } from './progress.ts';

/** Paths of the forms, below `/ui/login`. */
export const ACTIONS = {
  loginName: '/ui/login/loginname',
  password: '/ui/login/password',
  code: '/ui/login/mfa/verify',
  choose: '/ui/login/mfa/choose',
  resend: '/ui/login/mfa/resend',
  account: '/ui/login/account',
  restart: '/ui/login/restart',
  skip: '/ui/login/mfa/skip',
} as const;

/** What every form of a request carries. */
export interface FormFrame {
  readonly requestId: string;
  readonly formToken: string;
  readonly problem: Problem | undefined;
}

type Shown = Exclude<Step, { readonly kind: 'done' }>;

/** The page of a step: one question, the button 'Next' first, other ways after it. */
export function stepPage(step: Shown, frame: FormFrame): Page {
  switch (step.kind) {
    case 'loginName':
      return loginNamePage(frame);
    case 'selectAccount':
      return accountPage(frame, step.loginName);
    case 'password':
      return passwordPage(frame, step.loginName);
    case 'secondFactor':
      return secondFactorPage(frame, step);
    case 'setUp':
      return setUpPage(frame, step);
  }
}

function loginNamePage(frame: FormFrame): Page {
  const field = html`<label for="loginName">Login name</label>
<input id="loginName" name="loginName" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus>`;
  return { title: 'Sign in', body: html`${alert(frame)}${form(frame, ACTIONS.loginName, 'Next', field)}` };
}

function accountPage(frame: FormFrame, loginName: string): Page {
  return {
    title: 'Select Account',
    body: html`<p>You are signed in as <strong>${loginName}</strong>.</p>
${form(frame, ACTIONS.account, 'Next')}
${others([form(frame, ACTIONS.restart, 'Other user')])}`,
  };
}

function passwordPage(frame: FormFrame, loginName: string): Page {
  // The name goes along for password managers, which fill both.
  const field = html`<input type="text" name="username" value="${loginName}" autocomplete="username" hidden>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required autofocus>`;
  return {
    title: 'Password',
    body: html`<p class="muted">${loginName}</p>
${alert(frame)}${form(frame, ACTIONS.password, 'Next', field)}
${others([form(frame, ACTIONS.restart, 'Other user')])}`,
  };
}

const OTHER_WAY: Readonly<Record<OfferedFactor, string>> = {
  otpEmail: 'Use a code by email',
  otpSms: 'Use a code by SMS',
  totp: 'Use the authenticator app',
  u2f: 'Use a security key',
};

function secondFactorPage(frame: FormFrame, step: Extract<Shown, { kind: 'secondFactor' }>): Page {
  const otherWays = step.others.map((kind) =>
    form(frame, ACTIONS.choose, OTHER_WAY[kind], html`<input type="hidden" name="factor" value="${kind}">`),
  );
  const sent = step.factor === 'otpEmail' || step.factor === 'otpSms';
  const again = sent ? [form(frame, ACTIONS.resend, 'Send a new code')] : [];
  const question = step.factor === 'u2f' ? keyQuestion() : codeForm(frame);
  return {
    title: 'Verify 2-Factor',
    body: html`<p>${explain(step.factor, step.user)}</p>
${alert(frame)}${question}
${others([...again, ...otherWays, form(frame, ACTIONS.restart, 'Other user')])}`,
  };
}

function codeForm(frame: FormFrame): Html {
  const field = html`<label for="code">Code</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required autofocus>`;
  return form(frame, ACTIONS.code, 'Next', field);
}

function keyQuestion(): Html {
  return html`<p class="alert" role="alert">Security keys cannot be used here yet.</p>`;
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
      return 'Use your security key.';
  }
}

/** Enough to know the mailbox again, too little to learn it. */
function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}•••${email.slice(at)}`;
}

function setUpPage(frame: FormFrame, { forced }: Extract<Shown, { kind: 'setUp' }>): Page {
  return {
    title: '2-Factor Setup',
    body: forced
      ? html`<p>You need a second factor to sign in. Ask your administrator to set one up.</p>
${others([form(frame, ACTIONS.restart, 'Other user')])}`
      : html`<p>A second factor protects your account when somebody learns your password.</p>
${form(frame, ACTIONS.skip, 'Skip')}`,
  };
}

function form(frame: FormFrame, action: string, button: string, field?: Html): Html {
  const main = button === 'Next' || button === 'Skip';
  return html`<form method="post" action="${action}">
<input type="hidden" name="authRequestID" value="${frame.requestId}">
<input type="hidden" name="formToken" value="${frame.formToken}">
${field}
<button type="submit"${main ? html` class="main"` : ''}>${button}</button>
</form>`;
}

function alert({ problem }: FormFrame): Html | undefined {
  return problem && html`<p class="alert" role="alert">${PROBLEM_TEXT[problem]}</p>`;
}

function others(ways: readonly Html[]): Html {
  return html`<div class="others">${ways}</div>`;
}
