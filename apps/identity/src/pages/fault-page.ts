import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { type Page, sendPage } from './frame/document.ts';
import { html } from './frame/html.ts';

const NOT_UNDERSTOOD: Page = { title: 'Not understood', body: html`<p>The form could not be read.</p>`, status: 400 };

const BROKEN: Page = {
  title: 'Something went wrong',
  body: html`<p>This is a fault of the server. Go back to the application and start again.</p>`,
  status: 500,
};

/** A body that cannot be read is the sender's fault; everything else is ours. Nobody sees a stack. */
export function answerFault(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
    if (status >= 500) log.error({ err: error }, 'page failed');
    sendPage(response, status >= 500 ? BROKEN : NOT_UNDERSTOOD);
  };
}
