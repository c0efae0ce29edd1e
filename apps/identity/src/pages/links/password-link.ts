import express, { type Request, type Response, Router } from 'express';
import { loginContext } from '../../commands/context.ts';
import { setPassword } from '../../commands/users/password-reset.ts';
import { DomainError } from '../../domain/errors.ts';
import { checkPasswordComplexity } from '../../domain/password.ts';
import type { Store } from '../../store/open-store.ts';
import { type Page, sendPage } from '../frame/document.ts';
import { html } from '../frame/html.ts';
import { type LinkFields, linkFields } from './link-fields.ts';
import { PASSWORD_LINK } from './link-paths.ts';

const DONE: Page = {
  title: 'Password set',
  body: html`<p>The new password is set. Go back to the application and sign in with it.</p>`,
};

type Problem = 'link' | 'weak' | 'different';

const PROBLEM_TEXT: Readonly<Record<Problem, string>> = {
  link: 'This link is too old, or was used already. Ask for a new one.',
  weak: 'The password needs at least 8 characters, a small and a capital letter, a digit and a sign.',
  different: 'The two passwords are not the same.',
};

/** The page behind the link of a password reset. The code in it is good once, for whoever holds it. */
export function passwordLinkRoutes(store: Store): Router {
  const routes = Router();
  routes.get(PASSWORD_LINK, (request, response) => sendPage(response, passwordPage(linkFields(request.query))));
  routes.post(PASSWORD_LINK, express.urlencoded({ extended: false, limit: '8kb' }), takePassword(store));
  return routes;
}

function takePassword(store: Store) {
  return async (request: Request, response: Response): Promise<void> => {
    const fields = linkFields(request.body);
    const problem = faultIn(fields) ?? (await tryPassword(store, fields));
    sendPage(response, problem ? passwordPage(fields, problem) : DONE);
  };
}

function faultIn({ password = '', again = '' }: LinkFields): Problem | undefined {
  try {
    checkPasswordComplexity(password);
  } catch {
    return 'weak';
  }
  return password === again ? undefined : 'different';
}

async function tryPassword(store: Store, fields: LinkFields): Promise<Problem | undefined> {
  const { userID: userId = '', code = '', password = '' } = fields;
  try {
    await setPassword(loginContext(store), { userId, code, password });
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return 'link';
    throw error;
  }
}

function passwordPage({ userID, code }: LinkFields, problem?: Problem): Page {
  return {
    title: 'New password',
    body: html`${problem && html`<p class="alert" role="alert">${PROBLEM_TEXT[problem]}</p>`}
<form method="post" action="${PASSWORD_LINK}">
<input type="hidden" name="userID" value="${userID}">
${code ? html`<input type="hidden" name="code" value="${code}">` : codeField()}
<label for="password">New password</label>
<input id="password" name="password" type="password" autocomplete="new-password" required autofocus>
<label for="again">New password again</label>
<input id="again" name="again" type="password" autocomplete="new-password" required>
<button type="submit" class="main">Next</button>
</form>`,
  };
}

function codeField() {
  return html`<label for="code">Code</label>
<input id="code" name="code" autocomplete="one-time-code" required>`;
}
