import type { Request } from 'express';
import { loginContext } from '../../commands/context.ts';
import type { SessionUserAgent } from '../../commands/sessions/session-input.ts';
import { skipSecondFactorSetUp } from '../../commands/users/skip-second-factor-set-up.ts';
import { readUserAgentId } from '../../oidc/user-agent-cookie.ts';
import { answerCode, answerKey, answerPassword } from './answers.ts';
import type { ACTIONS } from './form.ts';
import type { Step } from './next-step.ts';
import type { PagesContext } from './pages-context.ts';
import { type Progress, withoutProblem } from './progress.ts';
import { beginSetUp, confirmKey, confirmTotp } from './set-up.ts';

/** An answer that was sent, and the step that it answers. */
export interface Answered {
  readonly context: PagesContext;
  readonly progress: Progress;
  readonly step: Step;
  readonly fields: Readonly<Record<string, string | undefined>>;
  readonly userAgent: SessionUserAgent;
}

/** Takes an answer and says how far the sign-in is then. An answer to another step than the present one changes nothing. */
export type TakeAnswer = (answered: Answered) => Promise<Progress>;

/** What becomes of each form. */
export const ANSWERS: Readonly<Record<keyof typeof ACTIONS, TakeAnswer>> = {
  async loginName({ progress, fields }) {
    const kept = withoutProblem(progress);
    const loginName = fields.loginName?.trim();
    return loginName ? { ...kept, loginName } : { ...kept, problem: 'missing' };
  },

  async account({ progress }) {
    return { ...progress, pickAccount: false };
  },

  /** Starts over with another person; what this browser's session proves of the one before no longer counts. */
  async restart({ progress }) {
    return { since: progress.since, pickAccount: false };
  },

  async password({ context, progress, step, fields, userAgent }) {
    if (step.kind !== 'password') return progress;
    if (!fields.password) return { ...progress, problem: 'missing' };
    return answerPassword(context.store, progress, fields.password, userAgent);
  },

  async byPasskey({ progress }) {
    return { ...withoutProblem(progress), byPasskey: true };
  },

  async byPassword({ progress }) {
    return { ...withoutProblem(progress), byPasskey: false };
  },

  async passkey({ context, progress, step, fields }) {
    if (step.kind !== 'passkey') return progress;
    return answerKey(context.store, progress, progress.sessionId, fields.credential ?? '');
  },

  async code({ context, progress, step, fields }) {
    if (step.kind !== 'secondFactor') return progress;
    const code = codeIn(fields);
    return code ? answerCode(context.store, progress, step, code) : { ...progress, problem: 'missing' };
  },

  async key({ context, progress, step, fields }) {
    if (step.kind !== 'secondFactor') return progress;
    return answerKey(context.store, progress, step.sessionId, fields.credential ?? '');
  },

  async choose({ progress, step, fields }) {
    if (step.kind !== 'secondFactor') return progress;
    const chosen = step.others.find((kind) => kind === fields.factor);
    return chosen ? { ...withoutProblem(progress), chosen } : progress;
  },

  async resend({ progress }) {
    const { codeSentBy: _sent, ...kept } = withoutProblem(progress);
    return kept;
  },

  async setUp({ context, progress, step, fields }) {
    return step.kind === 'setUp' ? beginSetUp(context, progress, step, fields.factor) : progress;
  },

  async confirmCode({ context, progress, step, fields }) {
    if (step.kind !== 'confirmSetUp') return progress;
    const code = codeIn(fields);
    return code ? confirmTotp(context, progress, step, code) : { ...progress, problem: 'missing' };
  },

  async confirmKey({ context, progress, step, fields }) {
    return step.kind === 'confirmSetUp' ? confirmKey(context, progress, step, fields.credential ?? '') : progress;
  },

  async back({ progress }) {
    const { settingUp: _begun, ...kept } = withoutProblem(progress);
    return kept;
  },

  async skip({ context, progress, step }) {
    if (step.kind === 'setUp' && !step.forced)
      await skipSecondFactorSetUp(loginContext(context.store), { userId: step.user.id });
    return progress;
  },
};

/** People and apps put spaces into codes. */
function codeIn(fields: Answered['fields']): string {
  return (fields.code ?? '').replace(/\s/g, '');
}

export function userAgentOf(request: Request): SessionUserAgent {
  const description = request.get('user-agent')?.slice(0, 200);
  const fingerprintId = readUserAgentId(request.get('cookie'));
  return {
    ...(fingerprintId === undefined ? {} : { fingerprintId }),
    ...(request.ip === undefined ? {} : { ip: request.ip }),
    ...(description === undefined ? {} : { description }),
  };
}
