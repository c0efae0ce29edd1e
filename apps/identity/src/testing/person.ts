import { randomUUID } from 'node:crypto';
import { TOTP } from 'otpauth';
import { systemContext } from '../commands/context.ts';
import { addOtpEmail, addOtpSms } from '../commands/factors/one-time-codes.ts';
import { startTotp, verifyTotp } from '../commands/factors/totp.ts';
import { hashPassword } from '../commands/password-hash.ts';
import { readInstance } from '../commands/set-up-instance.ts';
import { addHumanUser } from '../commands/users/add-human-user.ts';
import type { Browser, Seen } from './browser.ts';
import type { RunningServer } from './running-server.ts';

export const PASSWORD = 'Correct-Horse-7';
const passwordHash = hashPassword(PASSWORD);

/** Somebody to sign in as. */
export interface TestPerson {
  readonly userId: string;
  readonly loginName: string;
  readonly email: string;
  readonly phone: string;
  /** The present code of their authenticator app. */
  totp(): string;
}

/** Adds a person with these factors. @param inOrganisation default: the instance's own organisation. */
export async function addPerson(
  server: Pick<RunningServer, 'store'>,
  factors: readonly ('totp' | 'otpEmail' | 'otpSms')[] = [],
  inOrganisation?: string,
): Promise<TestPerson> {
  const context = systemContext(server.store);
  const organisationId = inOrganisation ?? (await readInstance(server.store)).organisationId;
  const email = `person-${randomUUID()}@people.example`;
  const phone = `+4179${Math.floor(Math.random() * 1e7)
    .toString()
    .padStart(7, '0')}`;
  const { userId } = await addHumanUser(context, {
    organisationId,
    givenName: 'Ada',
    familyName: 'Keller',
    email,
    emailVerified: true,
    phone,
    phoneVerified: true,
    passwordHash: await passwordHash,
  });
  let secret = '';
  for (const factor of factors) {
    if (factor === 'otpEmail') await addOtpEmail(context, { userId });
    if (factor === 'otpSms') await addOtpSms(context, { userId });
    if (factor === 'totp') {
      ({ secret } = await startTotp(context, { userId }));
      await verifyTotp(context, { userId, code: new TOTP({ secret }).generate() });
    }
  }
  return { userId, loginName: email, email, phone, totp: () => new TOTP({ secret }).generate() };
}

/** Types login name and password, where they are asked for. @returns what is seen then. */
export async function signIn(browser: Browser, url: string, person: TestPerson): Promise<Seen> {
  const first = await browser.open(url);
  const asked = first.title === 'Sign in' ? await browser.press(first, 'Next', { loginName: person.loginName }) : first;
  return asked.title === 'Password' ? browser.press(asked, 'Next', { password: PASSWORD }) : asked;
}

/** The same, and the code of the authenticator app where it is asked for. @returns where the application goes on. */
export async function signInFully(browser: Browser, url: string, person: TestPerson): Promise<URL> {
  const after = await signIn(browser, url, person);
  const last = after.title === 'Verify 2-Factor' ? await browser.press(after, 'Next', { code: person.totp() }) : after;
  return last.url;
}

/** The `code` of a callback. @throws Error when there is none. */
export function codeOf(callback: URL): string {
  const code = callback.searchParams.get('code');
  if (!code) throw new Error(`no code in ${callback}`);
  return code;
}
