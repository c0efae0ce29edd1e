import { create } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { CredentialsCheckErrorSchema, ErrorDetailSchema } from '@zitadel/proto/zitadel/message_pb.js';
import type { DomainError, DomainErrorKind } from '../../domain/errors.ts';
import type { Translate } from './translate.ts';

const CODE: Record<DomainErrorKind, Code> = {
  'invalid-argument': Code.InvalidArgument,
  'not-found': Code.NotFound,
  'already-exists': Code.AlreadyExists,
  'permission-denied': Code.PermissionDenied,
  'failed-precondition': Code.FailedPrecondition,
  unauthenticated: Code.Unauthenticated,
  unimplemented: Code.Unimplemented,
  internal: Code.Internal,
  unknown: Code.Unknown,
};

/** A domain error in ZITADEL's form: `<text> (<id>)` and one typed detail (zitadel.md 1.2). */
export function toConnectError(error: DomainError, translate: Translate): ConnectError {
  const message = translate(error.text);
  const { id, failedAttempts } = error;
  const detail =
    failedAttempts === undefined
      ? { desc: ErrorDetailSchema, value: create(ErrorDetailSchema, { id, message }) }
      : {
          desc: CredentialsCheckErrorSchema,
          value: create(CredentialsCheckErrorSchema, { id, message, failedAttempts }),
        };
  return new ConnectError(`${message} (${id})`, CODE[error.kind], undefined, [detail], error);
}
