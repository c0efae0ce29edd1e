import {
  type CallOptions,
  Code,
  ConnectError,
  createContextKey,
  createContextValues,
  type Interceptor,
} from '@connectrpc/connect';
import { idPattern } from '@latchkey/contract/id';
import type { AccessTokens } from '../session/access-tokens.ts';

interface Caller {
  readonly tokens: AccessTokens;
  readonly requestId: string;
  readonly organisationId: string | undefined;
}

const callerKey = createContextKey<Caller | undefined>(undefined, { description: 'who calls ZITADEL' });

/** In whose name a call is made: handed to every method of the clients. */
export interface AsCaller extends CallOptions {
  /** The same caller with `x-zitadel-orgid`: the organisation in which v1 and permissions are asked. */
  in(organisationId: string): CallOptions;
}

/**
 * @param tokens of the signed-in person; asked at each call, never kept.
 * @param signal ends the calls when nobody waits for them any more. For reads only: what became of a change is found out
 * even when its page has gone.
 * @param requestId goes along as `x-request-id`, so that both logs can be joined.
 */
export function asCaller(tokens: AccessTokens, requestId: string, signal?: AbortSignal): AsCaller {
  const options = (organisationId?: string): CallOptions => ({
    contextValues: createContextValues().set(callerKey, { tokens, requestId, organisationId }),
    ...(signal && { signal }),
  });
  return {
    ...options(),
    in: (organisationId) => {
      // The id came from ZITADEL, but it becomes a header, so it is held to the alphabet of ids.
      if (!idPattern.test(organisationId)) throw new ConnectError('not an organisation id', Code.InvalidArgument);
      return options(organisationId);
    },
  };
}

/**
 * Gives a call its headers, all of them. After a 401 the call is repeated once with another token: a 401 means "not
 * executed", so this is safe for removals as well. If that one is refused too, the session is over.
 */
export const callerHeaders: Interceptor = (next) => async (request) => {
  const caller = request.contextValues.get(callerKey);
  if (!caller) throw new ConnectError(`${request.method.name} was called in nobody's name`, Code.Internal);
  request.header.set('x-request-id', caller.requestId);
  if (caller.organisationId) request.header.set('x-zitadel-orgid', caller.organisationId);
  const token = await caller.tokens.current();
  request.header.set('authorization', `Bearer ${token}`);
  try {
    return await next(request);
  } catch (error) {
    if (!isUnauthenticated(error)) throw error;
  }
  const another = await caller.tokens.replace(token);
  request.header.set('authorization', `Bearer ${another}`);
  try {
    return await next(request);
  } catch (error) {
    if (isUnauthenticated(error)) await caller.tokens.replace(another);
    throw error;
  }
};

const isUnauthenticated = (error: unknown): boolean =>
  error instanceof ConnectError && error.code === Code.Unauthenticated;
