import express, { type Request, type Response, Router } from 'express';
import * as z from 'zod';
import { loginContext } from '../../commands/context.ts';
import { startWebAuthnRegistration, verifyWebAuthnRegistration } from '../../commands/factors/webauthn-registration.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Store } from '../../store/open-store.ts';
import { type Page, sendPage } from '../frame/document.ts';
import { html } from '../frame/html.ts';
import { keyFormWith } from '../sign-in/form.ts';
import { WEBAUTHN_SCRIPT } from '../sign-in/webauthn-script.ts';
import { type LinkFields, linkFields } from './link-fields.ts';
import { PASSKEY_LINK } from './link-paths.ts';

const PURPOSE = 'passkey link';
const CREATE = `${PASSKEY_LINK}/create`;
const NAME = 'Passkey';

/** What was begun with a link; sealed, it goes to the page and comes back with the key's answer. */
const begun = z.object({ userId: z.string(), tokenId: z.string() });

const TOO_OLD: Page = {
  title: 'Link not valid',
  status: 400,
  body: html`<p>This link is too old, or was used already. Ask for a new one.</p>`,
};

const DONE: Page = {
  title: 'Passkey added',
  body: html`<p>You can sign in with it from now on. Go back to the application.</p>`,
};

/**
 * The pages behind a passkey registration link. Opening the link uses nothing up, as programs that read mail do it, too;
 * the first button does.
 */
export function passkeyLinkRoutes(store: Store, origin: string): Router {
  const routes = Router();
  const form = express.urlencoded({ extended: false, limit: '32kb' });
  const rpId = new URL(origin).hostname;
  routes.get(PASSKEY_LINK, (request, response) => sendPage(response, askPage(linkFields(request.query))));
  routes.post(PASSKEY_LINK, form, beginPasskey(store, rpId));
  routes.post(CREATE, form, finishPasskey(store));
  return routes;
}

function askPage({ userID, codeID, code }: LinkFields): Page {
  return {
    title: 'Add a passkey',
    body: html`<p>With a passkey you sign in without a password, by your phone, computer or a security key.</p>
<form method="post" action="${PASSKEY_LINK}">
<input type="hidden" name="userID" value="${userID}">
<input type="hidden" name="codeID" value="${codeID}">
<input type="hidden" name="code" value="${code}">
<button type="submit" class="main" autofocus>Next</button>
</form>`,
  };
}

function beginPasskey(store: Store, rpId: string) {
  return async (request: Request, response: Response): Promise<void> => {
    const { userID: userId = '', codeID = '', code = '' } = linkFields(request.body);
    const link = { id: codeID, code };
    const started = await orRefused(() =>
      startWebAuthnRegistration(loginContext(store), { userId, kind: 'passkey', rpId, link }),
    );
    if (!started) return sendPage(response, TOO_OLD);
    const state = store.vault.seal(JSON.stringify({ userId, tokenId: started.tokenId }), PURPOSE);
    const fields = html`<input type="hidden" name="state" value="${state}">`;
    sendPage(response, {
      title: 'Add a passkey',
      script: WEBAUTHN_SCRIPT,
      body: html`<p>Your browser asks you now where to keep it.</p>
${keyFormWith(fields, CREATE, 'create', started.options)}`,
    });
  };
}

function finishPasskey(store: Store) {
  return async (request: Request, response: Response): Promise<void> => {
    const { state = '', credential = '' } = linkFields(request.body);
    const { userId, tokenId } = readState(store, state);
    const added = await orRefused(() =>
      verifyWebAuthnRegistration(loginContext(store), { userId, kind: 'passkey', tokenId, name: NAME, credential }),
    );
    sendPage(response, added ? DONE : TOO_OLD);
  };
}

/** Nobody's where the state is not ours: the command then finds nothing that was begun. */
function readState(store: Store, state: string): z.infer<typeof begun> {
  try {
    return begun.parse(JSON.parse(store.vault.open(state, PURPOSE)));
  } catch {
    return { userId: '', tokenId: '' };
  }
}

async function orRefused<Result>(act: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}
