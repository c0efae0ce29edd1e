import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemContext } from '../../commands/context.ts';
import { removeTotp } from '../../commands/factors/remove-factor.ts';
import { addOrganisation } from '../../commands/organisations/add-organisation.ts';
import { addLoginPolicy, resetLoginPolicy } from '../../commands/policies/login-policy.ts';
import { DEFAULT_LOGIN_POLICY } from '../../domain/login-policy.ts';
import { type Browser, createBrowser } from '../../testing/browser.ts';
import { addPerson, signIn } from '../../testing/person.ts';
import { allowFactor, forbidFactor, setPolicy } from '../../testing/policy.ts';
import { addRelyingParty, addTestProject, CALLBACK, type RelyingParty } from '../../testing/relying-party.ts';
import { type RunningServer, startServer } from '../../testing/running-server.ts';
import { addKey } from '../../testing/software-key.ts';

let server: RunningServer;
let application: RelyingParty;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  await allowFactor(server, 'otpEmail');
  application = await addRelyingParty(server, await addTestProject(server), 'privateKeyJwt');
});
afterAll(() => server.stop());
beforeEach(() => {
  browser = createBrowser(server.origin);
});

const choicesOn = (body: string) =>
  [...body.matchAll(/type="radio" name="factor" value="(\w+)"/g)].map(([, kind]) => kind);

describe('a second factor whose type the policy no longer allows', () => {
  const rows = [
    ['totp', ['u2f', 'otpEmail']],
    ['otpEmail', ['totp', 'u2f']],
    ['u2f', ['totp', 'otpEmail']],
  ] as const;

  test.each(rows)(
    '%s: forced, the set-up offers %j and no Skip; not forced, nothing is asked',
    async (kind, remaining) => {
      const person = await addPerson(server, kind === 'u2f' ? [] : [kind]);
      if (kind === 'u2f') await addKey(server, person.userId, 'u2f');
      await forbidFactor(server, kind);
      await setPolicy(server, { forceMfa: true });
      const asked = await signIn(browser, application.authorizeUrl(), person);
      expect(asked).toMatchObject({ title: '2-Factor Setup', buttons: ['Next', 'Other user'] });
      expect(choicesOn(asked.body)).toEqual(remaining);
      await setPolicy(server);
      const free = await signIn(createBrowser(server.origin), application.authorizeUrl(), person);
      expect(free.url.href).toContain(CALLBACK);
      await allowFactor(server, kind);
      const again = await signIn(createBrowser(server.origin), application.authorizeUrl(), person);
      expect(again.title).toBe('Verify 2-Factor');
    },
  );
});

describe('the only factor removed by an administrator', () => {
  const rows = [
    [{ mfaInitSkipLifetime: 0, forceMfa: false }, undefined],
    [{ mfaInitSkipLifetime: 0, forceMfa: true }, ['Next', 'Other user']],
    [{ mfaInitSkipLifetime: 2_592_000, forceMfa: false }, ['Next', 'Skip', 'Other user']],
    [{ mfaInitSkipLifetime: 2_592_000, forceMfa: true }, ['Next', 'Other user']],
  ] as const;

  test.each(rows)('%j: the buttons are %j', async (rules, buttons) => {
    const person = await addPerson(server, ['totp']);
    await removeTotp(systemContext(server.store), { userId: person.userId });
    // The policy refuses a change that changes nothing.
    await setPolicy(server, { ...rules, defaultRedirectUri: randomUUID() });
    const page = await signIn(browser, application.authorizeUrl(), person);
    if (buttons) expect(page).toMatchObject({ title: '2-Factor Setup', buttons });
    else expect(page.url.href).toContain(CALLBACK);
    await setPolicy(server);
  });
});

test('an organisation’s own policy holds instead of the instance’s', async () => {
  const context = systemContext(server.store);
  const { organisationId } = await addOrganisation(context, { name: randomUUID() });
  const [here, elsewhere] = [await addPerson(server, ['totp'], organisationId), await addPerson(server, ['totp'])];
  const rules = { ...DEFAULT_LOGIN_POLICY, forceMfa: true };
  await addLoginPolicy(context, { organisationId, rules, secondFactors: ['u2f'], multiFactors: [] });
  const asked = await signIn(browser, application.authorizeUrl(), here);
  expect([asked.title, choicesOn(asked.body)]).toEqual(['2-Factor Setup', ['u2f']]);
  const other = await signIn(createBrowser(server.origin), application.authorizeUrl(), elsewhere);
  expect(other.title).toBe('Verify 2-Factor');
  await resetLoginPolicy(context, { organisationId });
  const again = await signIn(createBrowser(server.origin), application.authorizeUrl(), here);
  expect(again.title).toBe('Verify 2-Factor');
});
