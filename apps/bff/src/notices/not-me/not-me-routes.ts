import { NotMeBody } from '@latchkey/contract/not-me';
import { notMePath } from '@latchkey/contract/paths';
import { Router } from 'express';
import * as z from 'zod/mini';
import { methodNotAllowed } from '../../http/error-handler.ts';
import { jsonBody, requireJson } from '../../http/json-body.ts';
import { Problem } from '../../http/problem.ts';
import { requestIdOf } from '../../http/request-id.ts';
import type { NoticeParts } from '../notice-parts.ts';
import { disputeReset } from './not-me.ts';

/**
 * "This was not me", without a session: whoever has the mail may press. Only POST does anything: a link that is looked at
 * by a scanner of mail opens a page, and the code, in the fragment, does not even come here.
 */
export function notMeRoutes(parts: NoticeParts): Router {
  const router = Router();
  router.post(notMePath, requireJson, jsonBody, async (req, res) => {
    const body = z.safeParse(NotMeBody, req.body);
    // Not `invalid_input`: that a code has another form than ours is nobody's business.
    if (!body.success) throw new Problem('not_found');
    const origin = { requestId: requestIdOf(res), address: req.ip ?? null };
    res.setHeader('Cache-Control', 'no-store');
    res.json(await disputeReset(parts, body.data.code, origin));
  });
  router.all(notMePath, methodNotAllowed('POST'));
  return router;
}
