import type { ResetOptions } from '@latchkey/contract/reset';
import { countApprovers } from '../approvals/count-approvers.ts';
import type { Actor } from '../guard/actor.ts';
import { findOpenDispute } from '../notices/open-dispute.ts';
import { codeChannelsOf } from '../service-account/caller-codes.ts';
import { readOrganisations } from '../zitadel/read/organisations.ts';
import { toProblem } from '../zitadel/to-problem.ts';
import { readBrake } from './brake.ts';
import { findOpenCase } from './case/case-store.ts';
import { allowStart, allowSteps } from './plan/allow-steps.ts';
import { needsApproval } from './plan/needs-approval.ts';
import { readFacts, verifiedAddressOf } from './plan/read-facts.ts';
import type { ResetParts } from './reset-parts.ts';
import { closeIfRefused } from './view/close-if-refused.ts';

/** What the first screen has to know. Nothing is stored. @throws Problem */
export async function getResetOptions(parts: ResetParts, actor: Actor, userId: string): Promise<ResetOptions> {
  const { zitadel, store, config, notices } = parts;
  const { user, standing, factors, sessions } = await readFacts(zitadel, actor, userId);
  const { organisationId, displayName, loginName, phoneNumber, state } = user;
  const because = needsApproval(standing);
  const [organisationOf, open, dispute, brake, approvers] = await Promise.all([
    readOrganisations(zitadel, actor.caller, [organisationId]),
    findOpenCase(store, userId),
    findOpenDispute(store, userId),
    readBrake(parts, actor.userId),
    because && allowStart(standing, user).allowed ? countApprovers(zitadel, actor, user) : null,
  ]).catch((error: unknown) => {
    throw toProblem(error);
  });
  const blocking = open && !(await closeIfRefused(parts, open)) ? open : undefined;
  return {
    user: {
      userId,
      name: displayName,
      loginName,
      organisation: organisationOf(organisationId),
      state,
      phone: phoneNumber && { number: phoneNumber.address, verified: phoneNumber.verified },
      roles: standing.roles?.map(({ role }) => role) ?? null,
    },
    start: allowStart(standing, user),
    openReset: blocking
      ? { resetId: blocking.reset_id, agent: { userId: blocking.agent_id, name: blocking.agent_name } }
      : null,
    dispute,
    factors: [...factors],
    sessions: sessions && [...sessions],
    steps: allowSteps(standing, user),
    channels: codeChannelsOf(notices.serviceAccount, user, factors),
    notice: {
      address: verifiedAddressOf(user),
      mail: notices.sender !== null,
      notMe: notices.sender !== null && notices.serviceAccount !== null,
    },
    approval: because && { because, approvers },
    refresh: { idle: config.sessions.refreshIdle, absolute: config.sessions.refreshAbsolute },
    recoveryCodesAtSignIn: config.recoveryCodesAtSignIn,
    ticketPattern: patternOf(config.ticketPattern),
    brake,
  };
}

/** As the operator wrote it: the configuration anchors it (`^(?:…)$`), and a page says so by itself. */
function patternOf(pattern: RegExp | undefined): string | null {
  return pattern ? pattern.source.replace(/^\^\(\?:([\s\S]*)\)\$$/, '$1') : null;
}
