/** What went wrong, in the words of gRPC's codes (zitadel.md 1.2). */
export type DomainErrorKind =
  | 'invalid-argument'
  | 'not-found'
  | 'already-exists'
  | 'permission-denied'
  | 'failed-precondition'
  | 'unauthenticated'
  | 'unimplemented'
  | 'internal'
  | 'unknown';

/**
 * The one error of domain, store and commands. Converted once, in `rpc/to-connect-error.ts` for the API and in the
 * sign-in pages for people.
 */
export class DomainError extends Error {
  readonly kind: DomainErrorKind;
  /** ZITADEL's error id, for example `COMMAND-b312D`. */
  readonly id: string;
  /** Key of a text (`rpc/texts`), or a text that has no key and is shown as it stands. */
  readonly text: string;
  /** Only for a wrong password: how often in a row, which ZITADEL tells the caller. */
  readonly failedAttempts: number | undefined;

  constructor(kind: DomainErrorKind, id: string, text: string, failedAttempts?: number) {
    super(`${text} (${id})`);
    this.name = 'DomainError';
    this.kind = kind;
    this.id = id;
    this.text = text;
    this.failedAttempts = failedAttempts;
  }
}

export const notFound = (id: string, text: string) => new DomainError('not-found', id, text);
export const invalidArgument = (id: string, text: string) => new DomainError('invalid-argument', id, text);
export const failedPrecondition = (id: string, text: string) => new DomainError('failed-precondition', id, text);
export const alreadyExists = (id: string, text: string) => new DomainError('already-exists', id, text);
export const permissionDenied = (id: string, text: string) => new DomainError('permission-denied', id, text);
/** What ZITADEL never meant to say: an error of its own language, which it answers as 500 and without an id. */
export const unknownError = (text: string) => new DomainError('unknown', '', text);
export const unauthenticated = (id: string, text: string) => new DomainError('unauthenticated', id, text);
