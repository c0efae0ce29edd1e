import type { Response } from 'express';
import { requestIdOf } from '../http/request-id.ts';
import { currentSession } from '../session/current-session.ts';
import { type AsCaller, asCaller } from '../zitadel/caller.ts';

/** The signed-in person in one request: who they are, and how ZITADEL is called in their name. */
export interface Actor {
  readonly userId: string;
  readonly caller: AsCaller;
}

/** @throws Problem `no_session` */
export function actorOf(res: Response): Actor {
  const { subject, accessTokens } = currentSession(res);
  return { userId: subject, caller: asCaller(accessTokens, requestIdOf(res)) };
}
