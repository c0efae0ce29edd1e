import { createClient } from '@connectrpc/connect';
import { createDirectTransport } from '@latchkey/transcoding/direct-transport';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { UserService as UserServiceBeta } from '@zitadel/proto/zitadel/user/v2beta/user_service_pb.js';
import { expect, it } from 'vitest';
import { part } from '../service.ts';
import { betaTwin } from './beta-twin.ts';

const users = part(UserService, {
  getUserByID: ({ userId }) => ({
    details: { sequence: 7n },
    user: { userId, type: { case: 'human', value: { profile: { givenName: 'Ada', familyName: 'Keller' } } } },
  }),
});

it('answers with the fields of v2, and what v2 does not serve stays unserved', async () => {
  const transport = createDirectTransport({ services: [betaTwin(UserServiceBeta, UserService, [users])] });
  const client = createClient(UserServiceBeta, transport);
  const { details, user } = await client.getUserByID({ userId: 'u' });
  expect(details?.sequence).toBe(7n);
  expect(user).toMatchObject({ userId: 'u', type: { case: 'human', value: { profile: { givenName: 'Ada' } } } });
  await expect(client.removeTOTP({ userId: 'u' })).rejects.toThrow('unimplemented');
});
