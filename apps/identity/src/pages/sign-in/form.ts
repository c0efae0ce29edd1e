import { type Html, html } from '../frame/html.ts';
import { PROBLEM_TEXT, type Problem } from './progress.ts';

/** Targets of the forms. */
export const ACTIONS = {
  loginName: '/ui/login/loginname',
  account: '/ui/login/account',
  restart: '/ui/login/restart',
  password: '/ui/login/password',
  byPasskey: '/ui/login/passkey/use',
  byPassword: '/ui/login/password/use',
  passkey: '/ui/login/passkey',
  code: '/ui/login/mfa/verify',
  key: '/ui/login/mfa/u2f',
  choose: '/ui/login/mfa/choose',
  resend: '/ui/login/mfa/resend',
  setUp: '/ui/login/mfa/setup',
  confirmCode: '/ui/login/mfa/setup/code',
  confirmKey: '/ui/login/mfa/setup/u2f',
  back: '/ui/login/mfa/setup/back',
  skip: '/ui/login/mfa/skip',
} as const;

/** What every form of a request carries. */
export interface FormFrame {
  readonly requestId: string;
  readonly formToken: string;
  readonly problem: Problem | undefined;
}

/** The form that goes on: its button is called 'Next'. */
export function mainForm(frame: FormFrame, action: string, fields?: Html): Html {
  return html`<form method="post" action="${action}">${carried(frame)}
${fields}
<button type="submit" class="main">Next</button>
</form>`;
}

/** The form that goes on with what a security key or passkey answers; `options` are for the browser's WebAuthn. */
export function keyForm(frame: FormFrame, action: string, act: 'get' | 'create', options: unknown): Html {
  return keyFormWith(carried(frame), action, act, options);
}

/** The same outside of a sign-in. @param fields hidden ones. */
export function keyFormWith(fields: Html, action: string, act: 'get' | 'create', options: unknown): Html {
  return html`<noscript><p class="alert">Keys need JavaScript. Switch it on, or choose another way.</p></noscript>
<p class="alert" role="alert" data-webauthn-alert hidden></p>
<form method="post" action="${action}" data-act="${act}" data-webauthn="${JSON.stringify(options)}">${fields}
<input type="hidden" name="credential" value="">
<button type="submit" class="main" autofocus>Next</button>
</form>`;
}

/** Another way: a button of its own. */
export function otherWay(frame: FormFrame, action: string, caption: string, fields?: Html): Html {
  return html`<form method="post" action="${action}">${carried(frame)}${fields}
<button type="submit">${caption}</button>
</form>`;
}

export function otherWays(ways: readonly Html[]): Html {
  return html`<div class="others">${ways}</div>`;
}

export function alert({ problem }: FormFrame): Html | undefined {
  return problem && html`<p class="alert" role="alert" id="problem">${PROBLEM_TEXT[problem]}</p>`;
}

/** Attributes of the field that the alert is about. */
export function faulty({ problem }: FormFrame): Html | undefined {
  return problem && html` aria-invalid="true" aria-describedby="problem"`;
}

function carried(frame: FormFrame): Html {
  return html`
<input type="hidden" name="authRequestID" value="${frame.requestId}">
<input type="hidden" name="formToken" value="${frame.formToken}">`;
}
