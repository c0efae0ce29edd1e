import { ActivitySearch, WholeActivitySearch } from '@latchkey/contract/activity';
import { Id } from '@latchkey/contract/id';
import { apiRoutes } from '@latchkey/contract/paths';
import { Router } from 'express';
import { actorOf } from '../guard/actor.ts';
import { parseInput } from '../http/parse-input.ts';
import { type ActivityServiceOptions, getUserActivity } from './activity-service.ts';
import { getWholeActivity } from './whole-activity-service.ts';

/** What happened, as ZITADEL and as Latchkey wrote it down. */
export function activityRoutes(options: ActivityServiceOptions): Router {
  const router = Router();
  router.get(apiRoutes.activity, async (req, res) => {
    res.json(await getWholeActivity(options, actorOf(req, res), parseInput(WholeActivitySearch, req.query)));
  });
  router.get(apiRoutes.userActivity, async (req, res) => {
    const search = parseInput(ActivitySearch, req.query);
    res.json(await getUserActivity(options, actorOf(req, res), parseInput(Id, req.params.userId), search));
  });
  return router;
}
