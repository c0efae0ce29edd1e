/**
 * How a call to ZITADEL gets the signed-in person's access token. A token is fetched for each call and never kept:
 * a refresh by a parallel request kills the former one at once (zitadel-oidc.md, zitadel#9331).
 */
export interface AccessTokens {
  /**
   * The token to call with; refreshed beforehand when it is about to expire.
   *
   * @throws Problem `session_expired` when it could not be refreshed: the session has ended by that.
   */
  current(): Promise<string>;

  /**
   * After ZITADEL answered 401 to `rejected`: another token, either one that a parallel request obtained since or one
   * refreshed now. Call once per call; a 401 means "not executed", so the same call may be repeated, a removal too.
   *
   * @throws Problem `session_expired` when there is none: the session has ended by that.
   */
  replace(rejected: string): Promise<string>;
}
