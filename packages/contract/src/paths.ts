import type { FactorRef } from './factor.ts';
import type { SecondFactorType } from './login-policy.ts';

/** Where the page's OIDC client finds the facade. Absolute URLs are made of the page's own origin and these. */
export const oidcPaths = {
  issuer: '/bff/oidc',
  authorize: '/bff/oidc/authorize',
  token: '/bff/oidc/token',
  userinfo: '/bff/oidc/userinfo',
  logout: '/bff/oidc/logout',
} as const;

/** The page's own client at the facade: `redirectUri` and `postLogoutUri` are paths of the console. */
export const spaClient = {
  clientId: 'console-spa',
  redirectPath: '/callback',
  postLogoutPath: '/signed-out',
  errorPath: '/sign-in-error',
  scope: 'console',
} as const;

export const sessionPath = '/bff/session';
export const callbackPath = '/bff/callback';
/** Called by ZITADEL itself (OpenID Connect Back-Channel Logout 1.0). */
export const backchannelLogoutPath = '/bff/backchannel-logout';
export const csrfHeader = 'X-CSRF';
/** Names one intent of the page: a change that arrives twice with the same key is made once. */
export const idempotencyHeader = 'Idempotency-Key';
/** Sent by the page's OIDC client with its token request, where no session exists yet. */
export const spaHeader = 'X-Console-CSRF';

/** The BFF's own routes, as templates for Express. */
export const apiRoutes = {
  users: '/bff/api/users',
  user: '/bff/api/users/:userId',
  factors: '/bff/api/users/:userId/factors',
  factor: '/bff/api/users/:userId/factors/:kind',
  keyFactor: '/bff/api/users/:userId/factors/:kind/:factorId',
  userSessions: '/bff/api/users/:userId/sessions',
  userSession: '/bff/api/users/:userId/sessions/:sessionId',
  userLock: '/bff/api/users/:userId/lock',
  userUnlock: '/bff/api/users/:userId/unlock',
  userActivity: '/bff/api/users/:userId/activity',
  organisations: '/bff/api/organisations',
  activity: '/bff/api/activity',
  ownSessions: '/bff/api/me/sessions',
  ownSession: '/bff/api/me/sessions/:sessionId',
  loginPolicy: '/bff/api/login-policy',
  secondFactor: '/bff/api/login-policy/second-factors/:type',
  reliance: '/bff/api/login-policy/second-factors/:type/reliance',
  policyReach: '/bff/api/login-policy/organisations',
  factorChanges: '/bff/api/login-policy/factor-changes',
  resetOptions: '/bff/api/users/:userId/reset-options',
  callerCodes: '/bff/api/users/:userId/caller-codes',
  callerCodeCheck: '/bff/api/users/:userId/caller-codes/:callerCodeId/check',
  userResets: '/bff/api/users/:userId/resets',
  resetRun: '/bff/api/users/:userId/resets/:resetId/run',
  resetSkip: '/bff/api/users/:userId/resets/:resetId/steps/:number/skip',
  resetCancel: '/bff/api/users/:userId/resets/:resetId/cancel',
  resetTakeOver: '/bff/api/users/:userId/resets/:resetId/take-over',
  resetApproval: '/bff/api/users/:userId/resets/:resetId/approval',
  resets: '/bff/api/resets',
  reset: '/bff/api/resets/:resetId',
  approvals: '/bff/api/approvals',
  approve: '/bff/api/approvals/:approvalId/approve',
  refuse: '/bff/api/approvals/:approvalId/refuse',
  withdraw: '/bff/api/approvals/:approvalId/withdraw',
} as const;

/** Without a session: what is sent with it is a code that was mailed to the person it is about. */
export const notMePath = '/bff/not-me';

const segment = encodeURIComponent;

/** The same routes with their values, for the page. Ids are `Id`s: of an alphabet that needs no judgement. */
export const apiPaths = {
  users: (): string => apiRoutes.users,
  user: (userId: string): string => `/bff/api/users/${segment(userId)}`,
  factors: (userId: string): string => `/bff/api/users/${segment(userId)}/factors`,
  factor: (userId: string, factor: FactorRef): string =>
    'id' in factor
      ? `/bff/api/users/${segment(userId)}/factors/${factor.kind}/${segment(factor.id)}`
      : `/bff/api/users/${segment(userId)}/factors/${factor.kind}`,
  userSessions: (userId: string): string => `/bff/api/users/${segment(userId)}/sessions`,
  userSession: (userId: string, sessionId: string): string =>
    `/bff/api/users/${segment(userId)}/sessions/${segment(sessionId)}`,
  userLock: (userId: string): string => `/bff/api/users/${segment(userId)}/lock`,
  userUnlock: (userId: string): string => `/bff/api/users/${segment(userId)}/unlock`,
  userActivity: (userId: string): string => `/bff/api/users/${segment(userId)}/activity`,
  organisations: (): string => apiRoutes.organisations,
  activity: (): string => apiRoutes.activity,
  ownSessions: (): string => apiRoutes.ownSessions,
  ownSession: (sessionId: string): string => `/bff/api/me/sessions/${segment(sessionId)}`,
  loginPolicy: (): string => apiRoutes.loginPolicy,
  secondFactor: (type: SecondFactorType): string => `/bff/api/login-policy/second-factors/${type}`,
  reliance: (type: SecondFactorType): string => `/bff/api/login-policy/second-factors/${type}/reliance`,
  policyReach: (): string => apiRoutes.policyReach,
  factorChanges: (): string => apiRoutes.factorChanges,
  resetOptions: (userId: string): string => `/bff/api/users/${segment(userId)}/reset-options`,
  callerCodes: (userId: string): string => `/bff/api/users/${segment(userId)}/caller-codes`,
  callerCodeCheck: (userId: string, callerCodeId: string): string =>
    `/bff/api/users/${segment(userId)}/caller-codes/${segment(callerCodeId)}/check`,
  userResets: (userId: string): string => `/bff/api/users/${segment(userId)}/resets`,
  resetAct: (
    userId: string,
    resetId: string,
    act: 'run' | 'cancel' | 'take-over' | 'approval' | `steps/${number}/skip`,
  ): string => `/bff/api/users/${segment(userId)}/resets/${segment(resetId)}/${act}`,
  resets: (): string => apiRoutes.resets,
  reset: (resetId: string): string => `/bff/api/resets/${segment(resetId)}`,
  approvals: (): string => apiRoutes.approvals,
  decide: (approvalId: string, decision: 'approve' | 'refuse' | 'withdraw'): string =>
    `/bff/api/approvals/${segment(approvalId)}/${decision}`,
} as const;
