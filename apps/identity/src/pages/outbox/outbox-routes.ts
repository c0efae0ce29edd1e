import { type RequestHandler, Router } from 'express';
import { readOutbox } from '../../commands/deliver.ts';
import type { Store } from '../../store/open-store.ts';
import { sendPage } from '../frame/document.ts';
import { outboxPage } from './outbox-page.ts';

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
const OWN_NAMES = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** Messages to people, for whoever sits at this machine: codes and links in them can authenticate. */
export function outboxRoutes(store: Store): Router {
  const routes = Router();
  routes.use(['/outbox', '/outbox.json'], requireLoopback);
  routes.get('/outbox', async (request, response) => {
    const to = oneOf(request.query.to);
    sendPage(response, outboxPage(await readOutbox(store, to === undefined ? {} : { to }), to));
  });
  routes.get('/outbox.json', async (request, response) => {
    const to = oneOf(request.query.to);
    response.set('cache-control', 'no-store').json(await readOutbox(store, to === undefined ? {} : { to }));
  });
  return routes;
}

/** Both ends: a page elsewhere whose name was pointed at this machine (DNS rebinding) comes from here, too. */
const requireLoopback: RequestHandler = (request, response, next) => {
  const near = LOOPBACK.test(request.socket.remoteAddress ?? '') && OWN_NAMES.has(request.hostname);
  if (near) next();
  else response.status(404).set('cache-control', 'no-store').json({ code: 5, message: 'Not Found' });
};

function oneOf(value: unknown): string | undefined {
  // A plus in a telephone number arrives as a space where the sender did not encode it.
  return typeof value === 'string' && value ? value.replace(/^ /, '+') : undefined;
}
