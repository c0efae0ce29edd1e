const HOUR = 3600;
const DAY = 24 * HOUR;

/** Seconds that things live, ZITADEL's defaults. */
export const LIFETIMES = {
  accessToken: 12 * HOUR,
  idToken: 12 * HOUR,
  /** Since the last refresh, and since the sign-in. */
  refreshIdle: 30 * DAY,
  refreshAbsolute: 90 * DAY,
  code: 5 * 60,
  /** From the authorization request to its code. */
  request: HOUR,
  browserSession: 90 * DAY,
  /** ZITADEL: expiry minus issue time of a logout token. */
  logoutToken: 15 * 60 + 1,
} as const;
