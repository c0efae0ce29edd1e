import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { DomainError } from '../../domain/errors.ts';
import type { Store } from '../../store/open-store.ts';
import { toConnectError } from '../errors/to-connect-error.ts';
import { untranslated } from '../errors/translate.ts';
import { type ApiCaller, CALLER } from './api-caller.ts';
import { authenticate, type ResolveAccessToken } from './authenticate.ts';
import { accessOf, organisationInRequest, requireMethodPermission, resolveOrganisation } from './authorize.ts';

/**
 * Finds the caller and asks for the right of the method's descriptor, before anything looks at the request's fields. Its
 * errors are not translated: in ZITADEL the translation lies within (zitadel.md 1.1).
 */
export function accessInterceptor(store: Store, resolve: ResolveAccessToken): Interceptor {
  return (next) => async (request) => {
    const access = accessOf(request.method);
    if (access.kind === 'open') return next(request);
    const header = request.header.get('authorization');
    // No detail: this one is a plain gRPC status.
    if (!header) throw new ConnectError('auth header missing', Code.Unauthenticated);
    try {
      const { user, sessionId } = await authenticate(store, resolve, header);
      const own = user.organisation_id;
      const caller: ApiCaller = {
        userId: user.id,
        organisationId: own,
        contextOrganisationId: await resolveOrganisation(store.db, request.header.get('x-zitadel-orgid'), own),
        sessionId,
        language: user.preferred_language === 'und' ? '' : user.preferred_language,
      };
      if (access.kind === 'permission') {
        const named = request.stream ? undefined : organisationInRequest(request.message, access.organisationField);
        const where = named ?? caller.contextOrganisationId;
        await requireMethodPermission(store.db, user.id, access.permission, where);
      }
      request.contextValues.set(CALLER, caller);
    } catch (error) {
      if (error instanceof DomainError) throw toConnectError(error, untranslated);
      throw error;
    }
    return next(request);
  };
}
