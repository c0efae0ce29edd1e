import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';

/**
 * How ZITADEL's sign-in side failed:
 * `refused`: it answered, and said no; `denied`: the person or the sign-in pages ended it; `unavailable`: no answer, or
 * one that promises nothing; `misconfigured`: it does not take us for the application we say we are; `untrusted`: the
 * answer does not prove what it claims.
 */
export type ProviderErrorKind = 'refused' | 'denied' | 'unavailable' | 'misconfigured' | 'untrusted';

/** The provider room's one error. `error` is the OAuth code where there was one; details only in `cause`. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderErrorKind;
  readonly error: string | undefined;

  constructor(kind: ProviderErrorKind, message: string, options: ErrorOptions & { readonly error?: string } = {}) {
    super(message, options);
    this.kind = kind;
    this.error = options.error;
  }
}

/**
 * ZITADEL answers 400 to everything and names refused refreshes `invalid_request`, so the status decides and not the
 * name, with one exception: `invalid_client` is about us and no verdict on the token (zitadel-oidc.md, 3).
 */
export function toProviderError(cause: unknown): ProviderError {
  if (cause instanceof ProviderError) return cause;
  if (cause instanceof AuthorizationResponseError) {
    return new ProviderError('denied', 'the sign-in was not completed', { cause, error: cause.error });
  }
  if (cause instanceof ResponseBodyError) {
    const { status, error } = cause;
    return new ProviderError(
      error === 'invalid_client' ? 'misconfigured' : kindOfStatus(status),
      `answered ${status}`,
      {
        cause,
        error,
      },
    );
  }
  if (cause instanceof ClientError) {
    if (cause.code === 'OAUTH_TIMEOUT') return new ProviderError('unavailable', 'no answer in time', { cause });
    if (cause.cause instanceof Response) {
      return new ProviderError(kindOfStatus(cause.cause.status), `answered ${cause.cause.status}`, { cause });
    }
    return new ProviderError('untrusted', cause.message, { cause });
  }
  return new ProviderError('unavailable', 'could not be reached', { cause });
}

function kindOfStatus(status: number): ProviderErrorKind {
  const passing = status === 408 || status === 429;
  return status >= 400 && status < 500 && !passing ? 'refused' : 'unavailable';
}
