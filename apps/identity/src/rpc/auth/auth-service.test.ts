import { createClient } from '@connectrpc/connect';
import { AuthService } from '@zitadel/proto/zitadel/auth_pb.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSession } from '../../commands/sessions/sessions.ts';
import { openTestInstance, type TestInstance } from '../../testing/test-instance.ts';

let instance: TestInstance;

beforeAll(async () => {
  instance = await openTestInstance();
});

afterAll(() => instance.store.close());

it('tells people of their passkeys, and of what happened to them', async () => {
  const person = await instance.addPerson(['passkey', 'otpEmail']);
  const { sessionToken } = await createSession(instance.system, {
    checks: { user: { userId: person.userId }, password: 'Correct-Horse-7' },
  });
  const self = { headers: { authorization: `Bearer ${sessionToken}` } };
  const client = createClient(AuthService, instance.transport);
  const { result: passkeys } = await client.listMyPasswordless({}, self);
  expect(passkeys).toMatchObject([{ id: person.tokens.passkey, name: 'Blue key', state: 2 }]);
  const { result: changes } = await client.listMyUserChanges({ query: { asc: true, limit: 1 } }, self);
  expect(changes).toMatchObject([
    { eventType: { key: 'EventTypes.user.human.added' }, resourceOwnerId: instance.organisationA },
  ]);
});
