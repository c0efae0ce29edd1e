import { spaClient } from '@latchkey/contract/paths';
import type { Request, RequestHandler, Response } from 'express';
import { describeError } from '../../http/describe-error.ts';
import { Problem } from '../../http/problem.ts';
import type { TransactionRow } from '../../store/tables.ts';
import { readBindingCookie } from '../cookies.ts';
import { ProviderError } from '../provider/provider-error.ts';
import { readIdentity } from '../provider/read-identity.ts';
import type { SignedIn, TokenAnswer } from '../provider/signed-in.ts';
import type { SessionParts } from '../session-parts.ts';
import { endSessions } from '../session-store.ts';
import { revokeUnused } from '../sign-out/sign-out.ts';
import { createHandle } from './handles.ts';
import { seeOther } from './see-other.ts';
import { consumeTransaction } from './transactions.ts';

// Clocks of ZITADEL and ours may differ by this much.
const clockTolerance = 5_000;

/** What the page is told, of all that can go wrong: RFC 6749, 4.1.2.1, and OpenID Connect Core 1.0, 3.1.2.6. */
const tellable = new Set(['access_denied', 'login_required', 'interaction_required', 'temporarily_unavailable']);

/**
 * Where ZITADEL sends the browser back. It comes from another site by nature; what protects it is that the state and
 * the binding cookie belong together, that they work once, and that the page learns a handle and no code.
 */
export function callback(parts: SessionParts): RequestHandler {
  const { publicUrl } = parts.config;
  return async function finishSignIn(req: Request, res: Response): Promise<void> {
    const destination = req.get('sec-fetch-dest');
    if (destination !== undefined && destination !== 'document') throw new Problem('cross_site');
    const binding = readBindingCookie(req);
    const state = typeof req.query.state === 'string' ? req.query.state : '';
    const transaction = binding === undefined ? undefined : await consumeTransaction(parts, binding, state);
    if (binding === undefined || !transaction) {
      parts.log.warn(
        { binding: binding !== undefined },
        'sign-in refused: not begun in this browser, or used, or too old',
      );
      parts.metrics.signIns.inc({ result: 'binding' });
      seeOther(res, `${spaClient.errorPath}?reason=binding`);
      return;
    }
    const { row, checks } = transaction;
    const answer = new URLSearchParams({ state: row.page_state });
    try {
      const tokenAnswer = await parts.provider.exchangeCode(new URL(req.originalUrl, publicUrl), checks);
      answer.set('code', await finish(parts, row, binding, tokenAnswer));
    } catch (error) {
      answer.set('error', tellError(parts, error));
    }
    seeOther(res, `${spaClient.redirectPath}?${answer}`);
  };
}

/** @returns the handle for the page. What goes wrong from here on leaves tokens behind: they are revoked. */
async function finish(
  parts: SessionParts,
  row: TransactionRow,
  binding: string,
  tokenAnswer: TokenAnswer,
): Promise<string> {
  try {
    const signedIn = readIdentity(tokenAnswer);
    await requireExpectedPerson(parts, row, signedIn);
    const profile = await parts.provider.readProfile(signedIn.tokens.accessToken, signedIn.subject);
    return await createHandle(parts, binding, row.page_challenge, { signedIn, profile, intent: row.intent });
  } catch (error) {
    await revokeUnused(parts, tokenAnswer.tokens);
    throw error;
  }
}

/**
 * A step-up counts only if ZITADEL asked the person anew, and it was the same person. `prompt` and `max_age` stand in an
 * address the browser holds, where they can be struck out, and Login V2 ignores them: `auth_time` decides.
 */
async function requireExpectedPerson(parts: SessionParts, row: TransactionRow, signedIn: SignedIn): Promise<void> {
  if (row.purpose !== 'step-up') return;
  const samePerson = signedIn.subject === row.subject;
  if (samePerson && signedIn.authTime * 1000 >= row.started_at - clockTolerance) return;
  if (samePerson) throw new ProviderError('untrusted', 'not re-authenticated', { error: 'interaction_required' });
  if (row.session_hash !== null) await endSessions(parts, { idHashes: [row.session_hash] });
  throw new ProviderError('untrusted', 'somebody else signed in', { error: 'access_denied' });
}

function tellError({ log, metrics }: SessionParts, error: unknown): string {
  if (!(error instanceof ProviderError)) throw error;
  metrics.signIns.inc({ result: error.kind });
  log.warn({ kind: error.kind, error: describeError(error) }, 'sign-in failed');
  if (error.error !== undefined && tellable.has(error.error)) return error.error;
  return error.kind === 'unavailable' ? 'temporarily_unavailable' : 'server_error';
}
