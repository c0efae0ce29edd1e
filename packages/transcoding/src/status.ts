import { Code } from '@connectrpc/connect';

/** HTTP status of a gRPC code, as grpc-gateway's HTTPStatusFromCode: note 9 (failed precondition) is 400, not 412. */
const HTTP_STATUS: Record<Code, number> = {
  [Code.Canceled]: 499,
  [Code.Unknown]: 500,
  [Code.InvalidArgument]: 400,
  [Code.DeadlineExceeded]: 504,
  [Code.NotFound]: 404,
  [Code.AlreadyExists]: 409,
  [Code.PermissionDenied]: 403,
  [Code.ResourceExhausted]: 429,
  [Code.FailedPrecondition]: 400,
  [Code.Aborted]: 409,
  [Code.OutOfRange]: 400,
  [Code.Unimplemented]: 501,
  [Code.Internal]: 500,
  [Code.Unavailable]: 503,
  [Code.DataLoss]: 500,
  [Code.Unauthenticated]: 401,
};

/** Codes for answers that carry none in their body: a proxy's, or a server's that is no gateway. */
const CODE_OF_STATUS = new Map<number, Code>([
  [400, Code.InvalidArgument],
  [401, Code.Unauthenticated],
  [403, Code.PermissionDenied],
  [404, Code.NotFound],
  [405, Code.Unimplemented],
  [409, Code.AlreadyExists],
  [412, Code.FailedPrecondition],
  [413, Code.ResourceExhausted],
  [429, Code.ResourceExhausted],
  [499, Code.Canceled],
  [501, Code.Unimplemented],
  [502, Code.Unavailable],
  [503, Code.Unavailable],
  [504, Code.DeadlineExceeded],
]);

/** @returns the HTTP status grpc-gateway answers for `code` */
export function httpStatusFromCode(code: Code): number {
  return HTTP_STATUS[code];
}

/** @returns the nearest gRPC code for an HTTP status without a gRPC body; `Internal` for other 5xx, else `Unknown` */
export function codeFromHttpStatus(status: number): Code {
  return CODE_OF_STATUS.get(status) ?? (status >= 500 ? Code.Internal : Code.Unknown);
}

/** @returns `value` as a code if it is one of gRPC's sixteen */
export function codeFromNumber(value: unknown): Code | undefined {
  return typeof value === 'number' && Object.hasOwn(HTTP_STATUS, value) ? (value as Code) : undefined;
}
