import { setMaxListeners } from 'node:events';
import type { Request, Response } from 'express';
import { requestIdOf } from '../http/request-id.ts';
import { currentSession } from '../session/current-session.ts';
import { type AsCaller, asCaller } from '../zitadel/caller.ts';

/** The signed-in person in one request: who they are, how ZITADEL is called in their name, what the audit says of them. */
export interface Actor {
  readonly userId: string;
  readonly caller: AsCaller;
  readonly requestId: string;
  /** The IP address the request came from, as far as the proxies in front are trusted. */
  readonly address: string | null;
  /** When and how they signed in: epoch seconds, RFC 8176 values. */
  readonly authTime: number;
  readonly amr: readonly string[];
}

/** Somebody in whose name an act is written down. */
export type NamedActor = Omit<Actor, 'caller'>;

/** @throws Problem `no_session` */
export function actorOf(req: Pick<Request, 'ip' | 'method'>, res: Response): Actor {
  const { subject, accessTokens, authTime, amr } = currentSession(res);
  const requestId = requestIdOf(res);
  return {
    userId: subject,
    caller: asCaller(accessTokens, requestId, req.method === 'GET' ? untilGone(res) : undefined),
    requestId,
    address: req.ip ?? null,
    authTime,
    amr,
  };
}

/** A page that types on overtakes its own searches: ZITADEL need not finish them. */
function untilGone(res: Response): AbortSignal {
  const gone = new AbortController();
  // A page of cases asks ZITADEL for many people at once: that is no leak to be warned of.
  setMaxListeners(0, gone.signal);
  res.once('close', () => {
    if (!res.writableFinished) gone.abort();
  });
  return gone.signal;
}
