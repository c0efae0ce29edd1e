import { reflect } from '@bufbuild/protobuf/reflect';
import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { messageCheck } from './message-check.ts';

/**
 * Refuses requests whose fields break the descriptors' `validate.rules`, with protoc-gen-validate's text as a plain InvalidArgument: no
 * id, no details, as ZITADEL has it. The innermost interceptor: who may not call learns nothing about fields.
 */
export const validate: Interceptor = (next) => async (req) => {
  if (!req.stream) {
    const fault = messageCheck(req.method.input)(reflect(req.method.input, req.message, false));
    if (fault !== undefined) throw new ConnectError(fault, Code.InvalidArgument);
  }
  return await next(req);
};
