import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { setPolicy } from '../../testing/policy.ts';
import { addRelyingParty, addTestProject, type RelyingParty } from '../../testing/relying-party.ts';
import { type RunningServer, startServer } from '../../testing/running-server.ts';
import { ALIVE, DEAD, reach, type SignedIn, signInTo } from '../../testing/signed-in.ts';
import { LIFETIMES } from './lifetimes.ts';

let server: RunningServer;
let application: RelyingParty;
let signedIn: SignedIn;
/** Epoch milliseconds. */
let signedInAt: number;

beforeAll(async () => {
  server = await startServer();
  await setPolicy(server);
  application = await addRelyingParty(server, await addTestProject(server), 'basic');
});
afterAll(() => server.stop());

beforeEach(async () => {
  signedIn = await signInTo(server, application);
  signedInAt = Date.now();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Moves the clock on; timers go on as they are. @param seconds since the sign-in. */
function goTo(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: signedInAt + seconds * 1000 });
}

const DAY = 86_400;
const refusal = ({ status, body }: Awaited<ReturnType<RelyingParty['refresh']>>) => [
  status,
  body.error,
  body.error_description,
];
const OVER = [400, 'invalid_request', 'Errors.OIDCSession.RefreshTokenInvalid'];

/** Refreshes on each of these days. @returns the newest refresh token. */
async function refreshOn(days: readonly number[]): Promise<string> {
  let { refreshToken } = signedIn;
  for (const day of days) {
    goTo(day * DAY);
    const { status, body } = await application.refresh(refreshToken);
    expect([day, status]).toEqual([day, 200]);
    refreshToken = String(body.refresh_token);
  }
  return refreshToken;
}

test('a refresh token that nobody uses ends 30 days after the sign-in', async () => {
  goTo(LIFETIMES.refreshIdle + 5);
  expect(refusal(await application.refresh(signedIn.refreshToken))).toEqual(OVER);
});

test('each refresh gives it another 30 days, and no more', async () => {
  const newest = await refreshOn([29, 58]);
  goTo(58 * DAY + LIFETIMES.refreshIdle + 5);
  expect(refusal(await application.refresh(newest))).toEqual(OVER);
});

test('90 days after the sign-in it ends, however often it was used', async () => {
  const newest = await refreshOn([29, 58, 87, 89]);
  goTo(LIFETIMES.refreshAbsolute + 5);
  expect(refusal(await application.refresh(newest))).toEqual(OVER);
});

test('an access token opens nothing after 12 hours', async () => {
  goTo(LIFETIMES.accessToken - 60);
  expect(await reach(server, application, signedIn.accessToken)).toEqual(ALIVE);
  // oidc-provider forgives a clock 15 s.
  goTo(LIFETIMES.accessToken + 20);
  expect(await reach(server, application, signedIn.accessToken)).toEqual(DEAD);
});
