import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import type { Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import { isOidcPath } from './oidc/paths.ts';
import { answerFault } from './pages/fault-page.ts';
import { STYLE_PATH, sendStyles } from './pages/frame/styles.ts';
import { passkeyLinkRoutes } from './pages/links/passkey-link.ts';
import { passwordLinkRoutes } from './pages/links/password-link.ts';
import { outboxRoutes } from './pages/outbox/outbox-routes.ts';
import { signInRoutes } from './pages/sign-in/sign-in-routes.ts';
import type { Store } from './store/open-store.ts';

/** What is behind the doors that is not an API call. */
export interface FallbackOptions {
  readonly provider: Provider;
  readonly store: Store;
  readonly log: Logger;
  /** Origin of this server. */
  readonly origin: string;
  /** Origin of the console, where whoever comes without a purpose is sent. */
  readonly publicUrl: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** Health, OIDC, sign-in pages and the outbox, over HTTP/1.1. */
export function createFallback(context: FallbackOptions): Handler {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.get(['/debug/healthz', '/debug/ready'], answerOk);
  app.get(['/', '/ui/console'], (_request, response) => response.redirect(302, context.publicUrl));
  app.use(answerOidc(context.provider));
  app.get(STYLE_PATH, sendStyles);
  app.use(signInRoutes(context));
  app.use(passwordLinkRoutes(context.store));
  app.use(passkeyLinkRoutes(context.store, context.origin));
  app.use(outboxRoutes(context.store));
  app.use(answerFault(context.log));
  return app;
}

function answerOk(_request: express.Request, response: express.Response): void {
  response.set('cache-control', 'no-store').type('text/plain').send('ok');
}

function answerOidc(provider: Provider): express.RequestHandler {
  const handle = provider.callback();
  return (request, response, next) => {
    if (!isOidcPath(request.path)) next();
    else void handle(request, response);
  };
}
