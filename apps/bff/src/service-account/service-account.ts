import type { CodeChannel } from '@latchkey/contract/reset';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { NamedActor } from '../guard/actor.ts';
import { describeError } from '../http/describe-error.ts';
import { Problem } from '../http/problem.ts';
import type { AccessTokens } from '../session/access-tokens.ts';
import { asCaller } from '../zitadel/caller.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { type CodeAnswer, checkOneTimeCode, sendOneTimeCode } from '../zitadel/one-time-code.ts';
import { listInstanceOwners } from '../zitadel/read/list-instance-owners.ts';
import { type Recipient, readRecipient } from '../zitadel/read/read-recipient.ts';
import { endSession, lockUser } from '../zitadel/user-change.ts';
import { readServicePat } from './read-service-pat.ts';

/** More instance owners than this are not told of a dispute. */
const mostOwners = 20;

/** One request, as the audit names it. */
export interface RequestOrigin {
  readonly requestId: string;
  readonly address: string | null;
}

/**
 * All that the operator's service account does, and nothing else (product.md, rule 2): a code to a caller, and the lock
 * behind "this was not me" with those who have to hear of it. Nobody gets its token or a way to call by it.
 * Each throws ConnectError, UpstreamFault or Problem.
 */
export interface ServiceAccount {
  /** Under whose name its acts are written down. */
  actor(origin: RequestOrigin): Promise<NamedActor>;
  /** Has ZITADEL send a code. @returns the id of the session it belongs to. */
  sendCode(requestId: string, userId: string, channel: CodeChannel): Promise<string>;
  checkCode(requestId: string, sessionId: string, channel: CodeChannel, code: string): Promise<CodeAnswer>;
  /** Ends the session of a code. One that has ended is fine, too. */
  endCode(requestId: string, sessionId: string): Promise<void>;
  lockUser(requestId: string, userId: string): Promise<void>;
  /** Whom a person is to a mail, and the state of their account. */
  readPerson(requestId: string, userId: string): Promise<Recipient>;
  /** The people who own the instance, at most 20. */
  listOwners(requestId: string): Promise<Recipient[]>;
}

/**
 * @returns null when the operator has set none up: then both acts are absent.
 * @throws Error naming the file that cannot be read.
 */
export function createServiceAccount(
  config: Pick<Config, 'servicePatFile'>,
  zitadel: Zitadel,
  log: Logger,
): ServiceAccount | null {
  if (config.servicePatFile === undefined) return null;
  const tokens = tokensOf(readServicePat(config.servicePatFile, log), config.servicePatFile);
  const as = (requestId: string) => asCaller(tokens, requestId);
  let owner: string | undefined;
  const ownerId = async (requestId: string): Promise<string> => {
    owner ??= (await zitadel.auth.getMyUser({}, as(requestId))).user?.id;
    if (!owner) throw new Problem('upstream_error');
    return owner;
  };
  // Sooner or later it is needed, so an operator hears now of a token that is not taken.
  ownerId('start').catch((error: unknown) => {
    log.error({ error: describeError(error) }, 'the service account could not be looked up');
  });
  return {
    actor: async ({ requestId, address }) => ({
      userId: await ownerId(requestId),
      requestId,
      address,
      authTime: 0,
      amr: [],
    }),
    sendCode: (requestId, userId, channel) => sendOneTimeCode(zitadel, as(requestId), userId, channel),
    checkCode: (requestId, sessionId, channel, code) =>
      checkOneTimeCode(zitadel, as(requestId), { sessionId, channel, code }),
    endCode: (requestId, sessionId) => endSession(zitadel, as(requestId), sessionId),
    lockUser: (requestId, userId) => lockUser(zitadel, as(requestId), userId),
    readPerson: (requestId, userId) => readRecipient(zitadel, as(requestId), userId),
    listOwners: async (requestId) => {
      const owners = await listInstanceOwners(zitadel, as(requestId), mostOwners);
      return await Promise.all(owners.map((userId) => readRecipient(zitadel, as(requestId), userId)));
    },
  };
}

/** A personal access token cannot be refreshed: once refused, only the operator can help. */
function tokensOf(token: string, file: string): AccessTokens {
  return {
    current: () => Promise.resolve(token),
    replace: () => {
      const cause = new Error(`ZITADEL does not take the token in ${file}: make a new one and restart`);
      return Promise.reject(new Problem('upstream_error', {}, { cause }));
    },
  };
}
