import type { Page } from '../frame/document.ts';
import { html } from '../frame/html.ts';

/** For a request that is over, unknown, or another browser's: nobody is told which. */
export const ENDED: Page = {
  title: 'Sign-in ended',
  body: html`<p>This sign-in is over, or it began in another browser. Go back to the application and start again.</p>`,
  status: 400,
};

export const SIGNED_OUT: Page = { title: 'Signed out', body: html`<p>You can close this window.</p>` };
