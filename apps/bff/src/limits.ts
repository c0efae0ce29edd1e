import { apiRoutes, backchannelLogoutPath, callbackPath, notMePath, oidcPaths } from '@latchkey/contract/paths';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { createRemovalLimits, type RemovalLimits } from './approvals/removal-limits.ts';
import { createMemoryCounter, networkOf, type RateLimit, rateLimit } from './http/rate-limit.ts';
import { currentSession, findCurrentSession } from './session/current-session.ts';
import type { SessionParts } from './session/session-parts.ts';
import { createStoreCounter } from './store/store-counter.ts';

const minute = 60_000;

/** How often what may be asked; all of it times `LATCHKEY_RATE_SCALE`. */
export interface Limits {
  /** By address, on what nobody has signed in for. */
  readonly signIn: Router;
  /** By session, or by address where there is none, on what the page asks of its own session. Behind the session step. */
  readonly ownSession: Readonly<Record<'session' | 'userinfo' | 'logout', RequestHandler>>;
  /** By session, on everything of the API. */
  readonly session: RequestHandler[];
  /** By person, on removals of factors. */
  readonly removals: Router;
  /** The same, for who removes otherwise than by these addresses. */
  readonly removalLimits: RemovalLimits;
}

/**
 * On many machines everything is counted in the database. On one, what is counted by the minute is counted in memory;
 * a person's removals are counted in the database there too, because a restart must not forgive them.
 */
export function createLimits(parts: SessionParts): Limits {
  const { store, clock, config, log, metrics } = parts;
  const brief = config.databaseUrl === undefined ? createMemoryCounter(clock) : createStoreCounter(store, clock);
  const limit = (name: string, most: number, window: number, keyOf: RateLimit['keyOf']) =>
    rateLimit({ name, counter: brief, limit: Math.ceil(most * config.rateScale), window, clock, keyOf });

  const signIn = Router();
  signIn.use(oidcPaths.authorize, limit('authorize', 20, minute, byAddress));
  signIn.use(callbackPath, limit('callback', 30, minute, byAddress));
  signIn.use(oidcPaths.token, limit('token', 20, minute, byAddress));
  signIn.use(backchannelLogoutPath, limit('backchannel', 60, minute, byAddress));
  signIn.use(notMePath, limit('not-me', 10, minute, byAddress));

  const removalLimits = createRemovalLimits({
    store,
    clock,
    log,
    scale: config.rateScale,
    onAlarm: () => metrics.removalAlarms.inc(),
  });
  const removals = Router();
  removals.delete([apiRoutes.factor, apiRoutes.keyFactor], async function countRemoval(_req, res, next) {
    await removalLimits.take(currentSession(res).subject);
    next();
  });

  return {
    signIn,
    ownSession: {
      session: limit('session', 120, minute, bySessionOrAddress),
      userinfo: limit('userinfo', 120, minute, bySessionOrAddress),
      logout: limit('logout', 120, minute, bySessionOrAddress),
    },
    session: [
      limit('reads', 120, minute, (req, res) => (isRead(req) ? bySession(req, res) : undefined)),
      limit('changes', 10, minute, (req, res) => (isRead(req) ? undefined : bySession(req, res))),
    ],
    removals,
    removalLimits,
  };
}

const isRead = (req: Request): boolean => req.method === 'GET' || req.method === 'HEAD';
const byAddress = (req: Request): string => networkOf(req.ip);
const bySessionOrAddress = (req: Request, res: Response): string =>
  findCurrentSession(res)?.idHash ?? networkOf(req.ip);
const bySession = (_req: Request, res: Response): string => currentSession(res).idHash;
