import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { formTokenOf } from '../../oidc/request-binding.ts';
import { skipSecondFactor } from '../../sign-in/skip-second-factor.ts';
import { type Page, sendPage } from '../frame/document.ts';
import { html } from '../frame/html.ts';
import { answerCode, answerPassword, sendCode } from './answers.ts';
import { finishSignIn } from './finish.ts';
import { nextStep, type Step } from './next-step.ts';
import type { PagesContext } from './pages-context.ts';
import type { Progress } from './progress.ts';
import { keepProgress, openRequest, type SignInRequest } from './sign-in-request.ts';
import { ACTIONS, stepPage } from './step-page.ts';

const PAGE = '/ui/login/login';

const ENDED: Page = {
  title: 'Sign-in ended',
  body: html`<p>This sign-in is over, or it began in another browser. Go back to the application and start again.</p>`,
  status: 400,
};

const SIGNED_OUT: Page = { title: 'Signed out', body: html`<p>You can close this window.</p>` };

/** Takes an answer and says how the sign-in goes on. */
type Answer = (context: PagesContext, open: SignInRequest, step: Step, request: Request) => Promise<Progress>;

/** The embedded sign-in pages: a page for the present step, and a form's target for each answer. */
export function signInRoutes(context: PagesContext): Router {
  const routes = Router();
  const form = express.urlencoded({ extended: false, limit: '8kb' });
  routes.get(PAGE, showStep(context));
  routes.get('/ui/login/logout/done', (_request, response) => sendPage(response, SIGNED_OUT));
  routes.post(ACTIONS.loginName, form, take(context, takeLoginName));
  routes.post(ACTIONS.account, form, take(context, takeAccount));
  routes.post(ACTIONS.password, form, take(context, takePassword));
  routes.post(ACTIONS.code, form, take(context, takeCode));
  routes.post(ACTIONS.choose, form, take(context, takeChoice));
  routes.post(ACTIONS.resend, form, take(context, takeResend));
  routes.post(ACTIONS.skip, form, take(context, takeSkip));
  routes.post(ACTIONS.restart, form, take(context, takeRestart));
  return routes;
}

function showStep(context: PagesContext): RequestHandler {
  return async (request, response) => {
    const open = await openRequest(context, request, request.query.authRequestID);
    if (!open) return sendPage(response, ENDED);
    let { progress } = open;
    const step = await nextStep(context.store.db, progress);
    if (step.kind === 'done') return finishSignIn(context, open, response, step);
    if (step.kind === 'secondFactor') progress = await sendCode(context.store, progress, step);
    await keepProgress(open.interaction, progress);
    const frame = {
      requestId: open.id,
      formToken: formTokenOf(context.store.vault, open.id),
      problem: progress.problem,
    };
    sendPage(response, { ...stepPage(step, frame), formTargets: callbackOrigins(open) });
  };
}

function take(context: PagesContext, answer: Answer): RequestHandler {
  return async (request, response) => {
    const fields = fieldsOf(request);
    const open = await openRequest(context, request, fields.authRequestID);
    if (!open || fields.formToken !== formTokenOf(context.store.vault, open.id)) return sendPage(response, ENDED);
    const before = await nextStep(context.store.db, open.progress);
    const progress = await answer(context, open, before, request);
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

const takeLoginName: Answer = async (_context, { progress }, _step, request) => {
  const { problem: _before, ...kept } = progress;
  const loginName = fieldsOf(request).loginName?.trim();
  return loginName ? { ...kept, loginName } : { ...kept, problem: 'missing' };
};

const takeAccount: Answer = async (_context, { progress }) => ({ ...progress, pickAccount: false });

const takePassword: Answer = async ({ store }, { progress }, step, request) => {
  if (step.kind !== 'password') return progress;
  const { password } = fieldsOf(request);
  if (!password) return { ...progress, problem: 'missing' };
  const description = request.get('user-agent')?.slice(0, 200);
  return answerPassword(store, progress, password, {
    ...(request.ip === undefined ? {} : { ip: request.ip }),
    ...(description === undefined ? {} : { description }),
  });
};

const takeCode: Answer = async ({ store }, { progress }, step, request) => {
  if (step.kind !== 'secondFactor') return progress;
  const { code } = fieldsOf(request);
  return code?.trim() ? answerCode(store, progress, step, code) : { ...progress, problem: 'missing' };
};

const takeChoice: Answer = async (_context, { progress }, step, request) => {
  if (step.kind !== 'secondFactor') return progress;
  const { problem: _before, ...kept } = progress;
  const chosen = step.others.find((kind) => kind === fieldsOf(request).factor);
  return chosen ? { ...kept, chosen } : kept;
};

const takeResend: Answer = async (_context, { progress }) => {
  const { problem: _before, codeSentBy: _sent, ...kept } = progress;
  return kept;
};

const takeSkip: Answer = async ({ store }, { progress }, step) => {
  if (step.kind === 'setUp' && !step.forced) await skipSecondFactor(store, step.user);
  return progress;
};

/** Starts over with another person; what this browser's session proves of the one before no longer counts. */
const takeRestart: Answer = async (_context, { progress }) => ({ since: progress.since, pickAccount: false });

function fieldsOf(request: Request): Readonly<Record<string, string | undefined>> {
  return (request.body ?? {}) as Record<string, string | undefined>;
}

function callbackOrigins({ interaction }: SignInRequest): string[] {
  const { redirect_uri: target } = interaction.params;
  if (typeof target !== 'string' || !URL.canParse(target)) return [];
  const { origin, protocol } = new URL(target);
  return [origin === 'null' ? protocol : origin];
}
