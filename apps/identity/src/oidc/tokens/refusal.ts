import { errors } from '../library.ts';

/**
 * An answer of 400 with ZITADEL's words.
 *
 * @param error what ZITADEL says, which for a refresh is `invalid_request` and never `invalid_grant`.
 */
export function refuse(error: string, description: string): Error {
  return new errors.CustomOIDCProviderError(error, description);
}

export const USER_NOT_ACTIVE = () => refuse('invalid_request', 'Errors.User.NotActive');
