import { createClient } from '@connectrpc/connect';
import { AuthService } from '@zitadel/proto/zitadel/auth_pb.js';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { expect, it } from 'vitest';
import { addMember } from '../../commands/organisations/members.ts';
import { openTestInstance } from '../../testing/test-instance.ts';

it("lists a user's roles of the instance and of the context's organisation, to whoever asks; one's own everywhere", async () => {
  const instance = await openTestInstance();
  const { organisationA, organisationB } = instance;
  const boss = await instance.addCaller(organisationA, 'IAM_OWNER');
  const { userId, headers } = await instance.addCaller(organisationA, 'ORG_OWNER_VIEWER');
  await addMember(instance.system, { scope: { level: 'instance' }, userId, roles: ['IAM_OWNER_VIEWER'] });
  const elsewhere = { level: 'organisation', id: organisationB } as const;
  await addMember(instance.system, { scope: elsewhere, userId, roles: ['ORG_OWNER'] });
  const management = createClient(ManagementService, instance.transport);
  const listedIn = async (organisationId: string) => {
    const there = { headers: { ...boss.headers, 'x-zitadel-orgid': organisationId } };
    const { details, result } = await management.listUserMemberships({ userId }, there);
    return [details?.totalResult, ...result.flatMap(({ roles }) => roles).toSorted()];
  };
  expect(await listedIn(organisationA)).toEqual([2n, 'IAM_OWNER_VIEWER', 'ORG_OWNER_VIEWER']);
  expect(await listedIn(organisationB)).toEqual([2n, 'IAM_OWNER_VIEWER', 'ORG_OWNER']);
  const { details } = await createClient(AuthService, instance.transport).listMyMemberships({}, { headers });
  expect(details?.totalResult).toBe(3n);
});
