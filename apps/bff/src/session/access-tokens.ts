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
   * refreshed now. A 401 means "not executed", so the same call may be repeated once, a removal too. When `rejected` is
   * itself such a replacement and still the newest there is, the session is ended here and at ZITADEL.
   *
   * @throws Problem `session_expired` when there is none: the session has ended by that; `upstream_unavailable` when
   * ZITADEL could not be asked for one.
   */
  replace(rejected: string): Promise<string>;
}
