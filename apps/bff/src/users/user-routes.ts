import { Id } from '@latchkey/contract/id';
import { apiRoutes } from '@latchkey/contract/paths';
import { UserSearch } from '@latchkey/contract/user';
import { Router } from 'express';
import { actorOf } from '../guard/actor.ts';
import { parseInput } from '../http/parse-input.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { getUser, listUsers } from './users-service.ts';

/** People: the list and one of them. */
export function userRoutes({ zitadel }: { readonly zitadel: Zitadel }): Router {
  const router = Router();
  router.get(apiRoutes.users, async (req, res) => {
    res.json(await listUsers(zitadel, actorOf(req, res), parseInput(UserSearch, req.query)));
  });
  router.get(apiRoutes.user, async (req, res) => {
    res.json(await getUser(zitadel, actorOf(req, res), parseInput(Id, req.params.userId)));
  });
  return router;
}
