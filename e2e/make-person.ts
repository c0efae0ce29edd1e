import { randomUUID } from 'node:crypto';
import type { Person, PersonFactor } from '@latchkey/test-kit/person';
import type { Stack } from '@latchkey/test-kit/stack';
import { totpCode } from '@latchkey/test-kit/totp';
import { expect } from '@playwright/test';
import { callZitadel } from './zitadel-api.ts';

type MadeKind = 'totp' | 'otpEmail' | 'otpSms';

/**
 * Makes a person of this test's own through ZITADEL's API, with factors that really work, so that a story does not use
 * up the demo people.
 *
 * @param organisationId where; the first admin's organisation if not given.
 */
export async function makePerson(
  stack: Stack,
  familyName: string,
  kinds: readonly MadeKind[],
  organisationId = stack.people.staff('IAM_OWNER').organisationId,
): Promise<Person> {
  const mark = randomUUID().slice(0, 8);
  const email = `${mark}@people.example`;
  const phone = `+41791${String(Number.parseInt(mark, 16) % 1_000_000).padStart(6, '0')}`;
  const password = 'Latchkey-Test-1';
  const { userId } = await callZitadel<{ userId: string }>(stack, 'POST', '/v2/users/human', {
    organization: { orgId: organisationId },
    username: mark,
    profile: { givenName: 'Kim', familyName, preferredLanguage: 'en' },
    email: { email, isVerified: true },
    phone: { phone, isVerified: true },
    password: { password, changeRequired: false },
  });
  const person: Person = {
    userId,
    loginName: await readLoginName(stack, userId),
    password,
    displayName: `Kim ${familyName}`,
    organisationId,
    state: 'active',
    roles: [],
    factors: [],
  };
  for (const kind of kinds) {
    person.factors.push(await addFactor(stack, person, kind, kind === 'otpEmail' ? email : phone));
  }
  return person;
}

/** Reads may lag behind writes: whoever reads the person afterwards finds them. */
async function readLoginName(stack: Stack, userId: string): Promise<string> {
  let loginName = '';
  await expect(async () => {
    const path = `/v2/users/${userId}`;
    const { user } = await callZitadel<{ user: { preferredLoginName: string } }>(stack, 'GET', path);
    loginName = user.preferredLoginName;
  }).toPass({ timeout: 5_000 });
  return loginName;
}

async function addFactor(stack: Stack, person: Person, kind: MadeKind, to: string): Promise<PersonFactor> {
  const path = `/v2/users/${person.userId}`;
  if (kind !== 'totp') {
    await callZitadel(stack, 'POST', `${path}/${kind === 'otpEmail' ? 'otp_email' : 'otp_sms'}`, {});
    return { kind, to };
  }
  const { secret } = await callZitadel<{ secret: string }>(stack, 'POST', `${path}/totp`, {});
  const factor: PersonFactor = { kind, secret };
  const code = totpCode({ ...person, factors: [factor] });
  await callZitadel(stack, 'POST', `${path}/totp/verify`, { code });
  return factor;
}

/** Gives a person a role on the instance. */
export async function makeAdmin(stack: Stack, person: Person, role: string): Promise<void> {
  await callZitadel(stack, 'POST', '/admin/v1/members', { userId: person.userId, roles: [role] });
  person.roles.push(role);
}
