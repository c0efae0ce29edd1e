/** When an application is told that a sign-in ended. Times in milliseconds. */
export interface LogoutSchedule {
  /** After which a listener has not answered. */
  readonly timeout: number;
  /** Before each further attempt, after the one before it failed. */
  readonly pauses: readonly number[];
}

/** As seen on a real server: at 0.2, 1.8 and 19 s where the answer is a fault, at 0.2, 7 and 28 s where none comes. */
export const LOGOUT_SCHEDULE: LogoutSchedule = { timeout: 5_000, pauses: [1_600, 17_000] };
