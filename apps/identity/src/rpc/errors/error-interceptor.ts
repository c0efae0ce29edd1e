import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { DomainError } from '../../domain/errors.ts';
import { CALLER } from '../access/api-caller.ts';
import { toConnectError } from './to-connect-error.ts';
import { acceptedLanguages, type Texts, translator } from './translate.ts';

/**
 * Turns domain errors into ZITADEL's, in the caller's language. v1 listens to `Accept-Language`; v2 does not (zitadel.md
 * 1.1). What is no error of ours says nothing of its inside.
 *
 * @param log is told what was not expected.
 */
export function errorInterceptor(texts: Texts, log: (error: unknown) => void): Interceptor {
  return (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      if (error instanceof ConnectError) throw error;
      if (!(error instanceof DomainError)) {
        log(error);
        throw new ConnectError('internal error', Code.Internal);
      }
      const own = request.contextValues.get(CALLER)?.language;
      const isV1 = !request.service.typeName.includes('.v2');
      const asked = isV1 ? acceptedLanguages(request.header.get('accept-language')) : [];
      throw toConnectError(error, translator(texts, own ? [own, ...asked] : asked));
    }
  };
}
