import { createContextKey, type HandlerContext } from '@connectrpc/connect';
import type { CommandContext } from '../../commands/context.ts';
import type { Store } from '../../store/open-store.ts';
import { acceptedLanguages } from '../errors/translate.ts';

/** Whoever calls, as `authenticate` found them. */
export interface ApiCaller {
  readonly userId: string;
  /** Their own organisation. */
  readonly organisationId: string;
  /** Where v1 acts and rights are asked for: the header `x-zitadel-orgid`, else their own (zitadel.md 1.3). */
  readonly contextOrganisationId: string;
  readonly sessionId: string | undefined;
  /** BCP 47, or empty: only a person's setting counts. */
  readonly language: string;
}

export const CALLER = createContextKey<ApiCaller | undefined>(undefined, { description: 'caller' });

/** @throws Error in a method whose descriptor asks for no token: such a method has no caller. */
export function callerOf(context: HandlerContext): ApiCaller {
  const caller = context.values.get(CALLER);
  if (!caller) throw new Error('the method has no caller');
  return caller;
}

/** What commands need, in the caller's name. */
export function commandContext(store: Store, context: HandlerContext): CommandContext {
  const { userId, organisationId, sessionId } = callerOf(context);
  return {
    store,
    caller: { kind: 'user', userId, organisationId, ...(sessionId && { sessionId }) },
    now: Date.now,
  };
}

/** The organisation in which v1 acts. */
export function contextOrganisation(context: HandlerContext): string {
  return callerOf(context).contextOrganisationId;
}

/** Languages to answer in over v1, best first: the caller's own, then those of `Accept-Language` (zitadel.md 1.1). */
export function callerLanguages(context: HandlerContext): readonly string[] {
  const { language } = callerOf(context);
  const asked = acceptedLanguages(context.requestHeader.get('accept-language'));
  return language ? [language, ...asked] : asked;
}
