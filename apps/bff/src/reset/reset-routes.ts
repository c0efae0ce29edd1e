import { Id } from '@latchkey/contract/id';
import { apiRoutes } from '@latchkey/contract/paths';
import { type Reset, ResetBody, ResetSearch, SkipBody } from '@latchkey/contract/reset';
import { Router } from 'express';
import * as z from 'zod/mini';
import { idempotent } from '../changes/idempotent.ts';
import { type Actor, actorOf } from '../guard/actor.ts';
import { parseInput } from '../http/parse-input.ts';
import { askSecondPerson } from './acts/ask-second-person.ts';
import { cancelCase } from './acts/cancel-case.ts';
import { skipStep } from './acts/skip-step.ts';
import { takeOver } from './acts/take-over.ts';
import { type Case, findCaseOf } from './case/case-store.ts';
import { getResetOptions } from './options-service.ts';
import type { ResetParts } from './reset-parts.ts';
import { runReset } from './run/run-service.ts';
import { startReset } from './start-service.ts';
import { listCases } from './view/list-cases.ts';
import { viewCaseById } from './view/view-case.ts';

const StepNumber = z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1_000));

/** The safe reset: what it needs to know, its cases, and what is done with one. */
export function resetRoutes(parts: ResetParts): Router {
  const router = Router();
  router.get(apiRoutes.resetOptions, async (req, res) => {
    res.json(await getResetOptions(parts, actorOf(req, res), parseInput(Id, req.params.userId)));
  });
  router.get(apiRoutes.resets, async (req, res) => {
    res.json(await listCases(parts, actorOf(req, res), parseInput(ResetSearch, req.query)));
  });
  router.get(apiRoutes.reset, async (req, res) => {
    res.json(await viewCaseById(parts, actorOf(req, res), parseInput(Id, req.params.resetId)));
  });
  router.post(
    apiRoutes.userResets,
    idempotent<{ userId: string }>(parts, async (req, res) => {
      const userId = parseInput(Id, req.params.userId);
      return await startReset(parts, actorOf(req, res), userId, parseInput(ResetBody, req.body));
    }),
  );

  // The user stands in the address, too, because a fresh sign-in is good for one person.
  const act = (make: (parts: ResetParts, actor: Actor, found: Case) => Promise<Reset>) =>
    idempotent<{ userId: string; resetId: string }>(parts, async (req, res) => {
      const userId = parseInput(Id, req.params.userId);
      const found = await findCaseOf(parts.store, userId, parseInput(Id, req.params.resetId));
      return await make(parts, actorOf(req, res), found);
    });
  router.post(apiRoutes.resetRun, act(runReset));
  router.post(apiRoutes.resetCancel, act(cancelCase));
  router.post(apiRoutes.resetTakeOver, act(takeOver));
  router.post(apiRoutes.resetApproval, act(askSecondPerson));
  router.post(
    apiRoutes.resetSkip,
    idempotent<{ userId: string; resetId: string; number: string }>(parts, async (req, res) => {
      const userId = parseInput(Id, req.params.userId);
      const found = await findCaseOf(parts.store, userId, parseInput(Id, req.params.resetId));
      const number = parseInput(StepNumber, req.params.number);
      return await skipStep(parts, actorOf(req, res), found, number, parseInput(SkipBody, req.body).reason);
    }),
  );
  return router;
}
