import { backchannelLogoutPath, callbackPath, oidcPaths } from '@latchkey/contract/paths';
import express, { type Express } from 'express';
import { activityRoutes } from './activity/activity-routes.ts';
import { approvalRoutes } from './approvals/approval-routes.ts';
import { createAuditLog } from './audit/audit-log.ts';
import { factorRoutes } from './factors/factor-routes.ts';
import { requireSecondFactor } from './guard/require-second-factor.ts';
import { accessLog } from './http/access-log.ts';
import { consoleFiles } from './http/console-files.ts';
import { cspReportRoutes } from './http/csp-report.ts';
import { describeError } from './http/describe-error.ts';
import { errorHandler, noSuchRoute } from './http/error-handler.ts';
import { healthRoutes } from './http/health-routes.ts';
import { jsonBody, requireJson } from './http/json-body.ts';
import { requestId } from './http/request-id.ts';
import { sameOrigin } from './http/same-origin.ts';
import { securityHeaders } from './http/security-headers.ts';
import { createLimits } from './limits.ts';
import { loginPolicyRoutes } from './login-policy/login-policy-routes.ts';
import { measureRequests } from './metrics/measure-requests.ts';
import { notMeRoutes } from './notices/not-me/not-me-routes.ts';
import type { NoticeParts } from './notices/notice-parts.ts';
import { resetRoutes } from './reset/reset-routes.ts';
import type { Runs } from './reset/run/runs.ts';
import { callerCodeRoutes } from './service-account/caller-code-routes.ts';
import { facadeRoutes } from './session/facade/facade-routes.ts';
import { ownSessionRoutes } from './session/own-sessions/own-session-routes.ts';
import type { SessionParts } from './session/session-parts.ts';
import { sessionRoutes } from './session/session-routes.ts';
import { csrf, requireSession, session } from './session/session-step.ts';
import { backchannelLogoutRoutes } from './session/sign-out/backchannel-logout.ts';
import { requireStepUp } from './session/step-up/require-step-up.ts';
import { checkStore } from './store/open-store.ts';
import { traceRequests } from './tracing/trace-requests.ts';
import { userSessionRoutes } from './user-sessions/session-routes.ts';
import { userRoutes } from './users/user-routes.ts';
import type { Zitadel } from './zitadel/client.ts';

export interface AppParts extends SessionParts {
  readonly zitadel: Zitadel;
  readonly notices: NoticeParts;
  /** Resets that go on when their request has been answered. */
  readonly runs: Runs;
  /** Absolute path of the built console. */
  readonly consoleFolder: string;
}

/** Everything the BFF answers, in the order in which a request meets it. */
export function createApp(parts: AppParts): Express {
  const { config, log, zitadel, store, clock, metrics, notices, runs } = parts;
  const limits = createLimits(parts);
  const changes = { zitadel, store, clock, audit: createAuditLog(store, clock, log) };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustProxy);

  app.use(requestId);
  app.use(accessLog(log));
  app.use(measureRequests(metrics));
  app.use(traceRequests);
  app.use(securityHeaders(config.publicUrl));
  app.use(health(parts));

  app.use('/bff', sameOrigin(config.publicUrl, sameOriginExceptions));
  app.use(limits.signIn);
  app.use(cspReportRoutes({ log, clock, scale: config.rateScale, onReport: () => metrics.policyViolations.inc() }));
  app.use(facadeRoutes(parts, limits.ownSession));
  app.use(backchannelLogoutRoutes(parts));
  app.use(sessionRoutes(parts, limits.ownSession.session));
  app.use(notMeRoutes(notices));

  app.use('/bff/api', session(parts), requireSession, ...limits.session, csrf, requireJson, jsonBody);
  app.use(ownSessionRoutes(parts));
  app.use('/bff/api', requireStepUp(parts), requireSecondFactor(zitadel));
  app.use(limits.removals);
  app.use(userRoutes(changes));
  app.use(userSessionRoutes(changes));
  app.use(activityRoutes(changes));
  const { removalApi, recoveryCodesAtSignIn } = config;
  app.use(factorRoutes({ ...changes, removalApi, recoveryCodesAtSignIn }));
  app.use(loginPolicyRoutes({ ...changes, policyApproval: config.policyApproval }));
  app.use(
    approvalRoutes({
      ...changes,
      removalLimits: limits.removalLimits,
      onDecision: (decision) => metrics.approvalDecisions.inc({ decision }),
    }),
  );
  app.use(resetRoutes({ ...changes, log, config, notices, runs, removalLimits: limits.removalLimits }));
  app.use(callerCodeRoutes({ ...changes, serviceAccount: notices.serviceAccount, rateScale: config.rateScale }));

  app.use(consoleFiles(parts.consoleFolder));
  app.use(noSuchRoute);
  app.use(errorHandler(log, (code) => metrics.problems.inc({ code })));
  return app;
}

const sameOriginExceptions = {
  navigations: [oidcPaths.authorize, oidcPaths.logout],
  open: [callbackPath, backchannelLogoutPath],
};

function health({ store, provider, log }: AppParts) {
  return healthRoutes(
    [
      { name: 'database', check: () => checkStore(store) },
      { name: 'zitadel', check: () => provider.check() },
    ],
    (name, error) => log.warn({ name, error: describeError(error) }, 'not ready'),
  );
}
