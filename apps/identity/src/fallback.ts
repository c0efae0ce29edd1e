import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import type { Provider } from 'oidc-provider';
import { isOidcPath } from './oidc/paths.ts';
import { outboxRoutes } from './pages/outbox/outbox-routes.ts';
import type { Store } from './store/open-store.ts';

/** What is behind the doors that is not an API call. */
export interface FallbackOptions {
  readonly provider: Provider;
  readonly store: Store;
}

type Handler = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** Health, OIDC, sign-in pages and the outbox, over HTTP/1.1. */
export function createFallback({ provider, store }: FallbackOptions): Handler {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.get(['/debug/healthz', '/debug/ready'], answerOk);
  app.use(answerOidc(provider));
  app.use(outboxRoutes(store));
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
