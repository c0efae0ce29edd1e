import { apiRoutes, backchannelLogoutPath, callbackPath, oidcPaths } from '@latchkey/contract/paths';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { createMemoryCounter, networkOf, type RateCounter, type RateLimit, rateLimit } from './http/rate-limit.ts';
import { currentSession } from './session/current-session.ts';
import type { SessionParts } from './session/session-parts.ts';
import { createStoreCounter } from './store/store-counter.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How often what may be asked; all of it times `LATCHKEY_RATE_SCALE`. */
export interface Limits {
  /** By address, on what nobody has signed in for. */
  readonly signIn: Router;
  /** By session, on everything of the API. */
  readonly session: RequestHandler[];
  /** By person, on removals of factors. */
  readonly removals: Router;
}

/**
 * On many machines everything is counted in the database. On one, what is counted by the minute is counted in memory;
 * a person's removals are counted in the database there too, because a restart must not forgive them.
 */
export function createLimits(parts: SessionParts): Limits {
  const { store, clock, config, log, metrics } = parts;
  const lasting = createStoreCounter(store, clock);
  const brief = config.databaseUrl === undefined ? createMemoryCounter(clock) : lasting;
  const limit = (name: string, most: number, window: number, keyOf: RateLimit['keyOf'], counter: RateCounter = brief) =>
    rateLimit({ name, counter, limit: Math.ceil(most * config.rateScale), window, clock, keyOf });

  const signIn = Router();
  signIn.use(oidcPaths.authorize, limit('authorize', 20, minute, byAddress));
  signIn.use(callbackPath, limit('callback', 30, minute, byAddress));
  signIn.use(oidcPaths.token, limit('token', 20, minute, byAddress));
  signIn.use(backchannelLogoutPath, limit('backchannel', 60, minute, byAddress));

  const removals = Router();
  const perHour = limit('removals/h', 30, hour, byPerson, lasting);
  const perDay = limit('removals/d', 100, day, byPerson, lasting);
  const alarm = rateLimit({
    name: 'removals/10min',
    counter: lasting,
    limit: Number.POSITIVE_INFINITY,
    window: 10 * minute,
    clock,
    keyOf: byPerson,
    onHit: (count, subject) => {
      if (count !== Math.ceil(10 * config.rateScale)) return;
      metrics.removalAlarms.inc();
      log.error({ subject, count }, 'many removals by one person');
    },
  });
  removals.delete([apiRoutes.factor, apiRoutes.keyFactor], perHour, perDay, alarm);

  return {
    signIn,
    session: [
      limit('reads', 120, minute, (req, res) => (isRead(req) ? bySession(req, res) : undefined)),
      limit('changes', 10, minute, (req, res) => (isRead(req) ? undefined : bySession(req, res))),
    ],
    removals,
  };
}

const isRead = (req: Request): boolean => req.method === 'GET' || req.method === 'HEAD';
const byAddress = (req: Request): string => networkOf(req.ip);
const bySession = (_req: Request, res: Response): string => currentSession(res).idHash;
const byPerson = (_req: Request, res: Response): string => currentSession(res).subject;
