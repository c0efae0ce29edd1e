import { ApprovalBody, ApproveBody, RefuseBody } from '@latchkey/contract/approval';
import { Id } from '@latchkey/contract/id';
import { apiRoutes } from '@latchkey/contract/paths';
import { Router } from 'express';
import { idempotent } from '../changes/idempotent.ts';
import { actorOf } from '../guard/actor.ts';
import { parseInput } from '../http/parse-input.ts';
import { type AskOptions, askApproval } from './ask-approval.ts';
import { approve, type DecideOptions, refuse, withdraw } from './decide-approval.ts';
import { listApprovals } from './list-approvals.ts';

type OfApproval = { approvalId: string };

/** What waits for a second person: the list, what one asks for, and the decisions. */
export function approvalRoutes(options: AskOptions & DecideOptions): Router {
  const router = Router();
  router.get(apiRoutes.approvals, async (req, res) => {
    res.json(await listApprovals(options, actorOf(req, res)));
  });
  router.post(
    apiRoutes.approvals,
    idempotent(options, async (req, res) => {
      return await askApproval(options, actorOf(req, res), parseInput(ApprovalBody, req.body));
    }),
  );
  router.post(
    apiRoutes.approve,
    idempotent<OfApproval>(options, async (req, res) => {
      const { planHash } = parseInput(ApproveBody, req.body);
      return await approve(options, actorOf(req, res), parseInput(Id, req.params.approvalId), planHash);
    }),
  );
  router.post(
    apiRoutes.refuse,
    idempotent<OfApproval>(options, async (req, res) => {
      const { reason } = parseInput(RefuseBody, req.body);
      return await refuse(options, actorOf(req, res), parseInput(Id, req.params.approvalId), reason);
    }),
  );
  router.post(
    apiRoutes.withdraw,
    idempotent<OfApproval>(options, async (req, res) => {
      return await withdraw(options, actorOf(req, res), parseInput(Id, req.params.approvalId));
    }),
  );
  return router;
}
