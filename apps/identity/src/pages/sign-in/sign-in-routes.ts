import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { formTokenOf } from '../../oidc/request-binding.ts';
import { sendPage } from '../frame/document.ts';
import { prepareStep } from './challenges.ts';
import { finishSignIn } from './finish.ts';
import { ACTIONS } from './form.ts';
import { nextStep } from './next-step.ts';
import type { PagesContext } from './pages-context.ts';
import { ENDED, SIGNED_OUT } from './plain-pages.ts';
import { keepProgress, openRequest, type SignInRequest } from './sign-in-request.ts';
import { stepPage } from './step-page.ts';
import { ANSWERS, type TakeAnswer, userAgentOf } from './take-answers.ts';
import { sendWebAuthnScript, WEBAUTHN_SCRIPT } from './webauthn-script.ts';

const PAGE = '/ui/login/login';

/** The embedded sign-in pages: a page for the present step, and a form's target for each answer. */
export function signInRoutes(context: PagesContext): Router {
  const routes = Router();
  const form = express.urlencoded({ extended: false, limit: '32kb' });
  routes.get(PAGE, showStep(context));
  routes.get('/ui/login/logout/done', (_request, response) => sendPage(response, SIGNED_OUT));
  routes.get(WEBAUTHN_SCRIPT, sendWebAuthnScript);
  for (const name of Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]) {
    routes.post(ACTIONS[name], form, takeAnswer(context, ANSWERS[name]));
  }
  return routes;
}

function showStep(context: PagesContext): RequestHandler {
  return async (request, response) => {
    const open = await openRequest(context, request, request.query.authRequestID);
    if (!open) return sendPage(response, ENDED);
    const step = await nextStep(context.store.db, open.progress);
    if (step.kind === 'done') return finishSignIn(context, open, response, step);
    const { progress, keyOptions } = await prepareStep(context, open.progress, step, userAgentOf(request));
    await keepProgress(open.interaction, progress);
    const formToken = formTokenOf(context.store.vault, open.id);
    const page = stepPage(step, { requestId: open.id, formToken, problem: progress.problem }, keyOptions);
    sendPage(response, { ...page, formTargets: callbackOrigins(open) });
  };
}

function takeAnswer(context: PagesContext, take: TakeAnswer): RequestHandler {
  return async (request, response) => {
    const fields = fieldsOf(request);
    const open = await openRequest(context, request, fields.authRequestID);
    if (!open || fields.formToken !== formTokenOf(context.store.vault, open.id)) return sendPage(response, ENDED);
    const step = await nextStep(context.store.db, open.progress);
    const answered = { context, progress: open.progress, step, fields, userAgent: userAgentOf(request) };
    const progress = await take(answered);
    await keepProgress(open.interaction, progress);
    await goOn(context, { ...open, progress }, response);
  };
}

/** Redirects to the page of the next step, so that a reload never sends an answer twice, or back to the application. */
async function goOn(context: PagesContext, open: SignInRequest, response: Response): Promise<void> {
  const step = await nextStep(context.store.db, open.progress);
  if (step.kind === 'done') await finishSignIn(context, open, response, step);
  else response.redirect(303, `${PAGE}?authRequestID=${encodeURIComponent(open.id)}`);
}

/** Of a field that comes twice, Express makes a list; such a form is none of ours. */
function fieldsOf(request: Request): Readonly<Record<string, string | undefined>> {
  const fields = Object.entries((request.body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(fields.filter((field): field is [string, string] => typeof field[1] === 'string'));
}

function callbackOrigins({ interaction }: SignInRequest): string[] {
  const { redirect_uri: target } = interaction.params;
  if (typeof target !== 'string' || !URL.canParse(target)) return [];
  const { origin, protocol } = new URL(target);
  return [origin === 'null' ? protocol : origin];
}
