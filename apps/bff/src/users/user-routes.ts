import { Id } from '@latchkey/contract/id';
import { apiRoutes } from '@latchkey/contract/paths';
import { ReasonBody } from '@latchkey/contract/removal';
import { OrganisationSearch, UserSearch } from '@latchkey/contract/user';
import { UnlockBody } from '@latchkey/contract/user-session';
import { Router } from 'express';
import { type IdempotencyOptions, idempotent } from '../changes/idempotent.ts';
import { actorOf } from '../guard/actor.ts';
import { parseInput } from '../http/parse-input.ts';
import { changeLock, unlockOnPurpose } from './lock-service.ts';
import { getUser, listOrganisations, listUsers, type UserServiceOptions } from './users-service.ts';

/** People: the list and what it is filtered by, one of them, and the lock. */
export function userRoutes(options: UserServiceOptions & IdempotencyOptions): Router {
  const router = Router();
  router.get(apiRoutes.users, async (req, res) => {
    res.json(await listUsers(options, actorOf(req, res), parseInput(UserSearch, req.query)));
  });
  router.get(apiRoutes.user, async (req, res) => {
    res.json(await getUser(options, actorOf(req, res), parseInput(Id, req.params.userId)));
  });
  router.get(apiRoutes.organisations, async (req, res) => {
    res.json(await listOrganisations(options, actorOf(req, res), parseInput(OrganisationSearch, req.query)));
  });
  router.post(
    apiRoutes.userLock,
    idempotent<{ userId: string }>(options, async (req, res) => {
      const userId = parseInput(Id, req.params.userId);
      return await changeLock(options, actorOf(req, res), 'lock', userId, parseInput(ReasonBody, req.body));
    }),
  );
  router.post(
    apiRoutes.userUnlock,
    idempotent<{ userId: string }>(options, async (req, res) => {
      const userId = parseInput(Id, req.params.userId);
      return await unlockOnPurpose(options, actorOf(req, res), userId, parseInput(UnlockBody, req.body));
    }),
  );
  return router;
}
