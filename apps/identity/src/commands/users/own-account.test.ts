import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestInstance, type TestInstance } from '../../testing/test-instance.ts';
import { removePhone } from './contact-details.ts';
import { removeUser } from './remove-user.ts';

let instance: TestInstance;

beforeAll(async () => {
  instance = await openTestInstance();
});

afterAll(() => instance.store.close());

const as = (userId: string) => ({
  ...instance.system,
  caller: { kind: 'user' as const, userId, organisationId: instance.organisationA },
});

it('people may remove themselves, and nobody else', async () => {
  const one = await instance.addPerson();
  const other = await instance.addPerson();
  await expect(removeUser(as(one.userId), { userId: other.userId })).rejects.toMatchObject({ id: 'AUTHZ-cdgFk' });
  await removeUser(as(one.userId), { userId: one.userId });
  await expect(removeUser(instance.system, { userId: one.userId })).rejects.toMatchObject({ id: 'COMMAND-bd4ir1mblj' });
});

describe('a phone number', () => {
  it.each([
    [{}, 'COMMAND-ieJ2e', 'COMMAND-ieJ2e'],
    [{ v1: true }, 'COMMAND-p6rsc', 'COMMAND-3M9fs'],
  ])('is taken away once, with the ids of the version %s', async ({ v1 = false }: { v1?: boolean }, again, unknown) => {
    const { userId } = await instance.addPerson();
    const remove = (id: string) =>
      removePhone(instance.system, { userId: id, ...(v1 && { resourceOwner: instance.organisationA }) });
    await remove(userId);
    await expect(remove(userId)).rejects.toMatchObject({ id: again });
    await expect(remove('123456789012345678')).rejects.toMatchObject({ id: unknown });
  });
});
