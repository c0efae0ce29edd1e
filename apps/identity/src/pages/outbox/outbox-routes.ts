import { Router } from 'express';
import { readOutbox } from '../../commands/deliver.ts';
import type { Store } from '../../store/open-store.ts';

/** Messages to people, for whoever sits at this machine: codes in them can authenticate. */
export function outboxRoutes(store: Store): Router {
  const routes = Router();
  routes.get('/outbox.json', async (request, response) => {
    const { to } = request.query;
    const messages = await readOutbox(store, typeof to === 'string' ? { to } : {});
    response.set('cache-control', 'no-store').json(messages);
  });
  return routes;
}
