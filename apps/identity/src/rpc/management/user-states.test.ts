import { Code, createClient } from '@connectrpc/connect';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { expect, it } from 'vitest';
import { openTestInstance } from '../../testing/test-instance.ts';

it('locks, unlocks, deactivates and reactivates people of the own organisation, with the ids of v1', async () => {
  const instance = await openTestInstance();
  const agent = await instance.addCaller(instance.organisationA, 'ORG_USER_MANAGER');
  const other = await instance.addCaller(instance.organisationB, 'ORG_USER_MANAGER');
  const { userId: id } = await instance.addPerson();
  const management = createClient(ManagementService, instance.transport);
  const stateOf = async () => (await management.getUserByID({ id }, agent)).user?.state;
  const refusal = (code: Code, errorId: string) => ({ code, rawMessage: expect.stringContaining(`(${errorId})`) });

  await expect(management.unlockUser({ id }, agent)).rejects.toMatchObject(
    refusal(Code.FailedPrecondition, 'COMMAND-4M0ds'),
  );
  await management.lockUser({ id }, agent);
  expect(await stateOf()).toBe(4);
  await expect(management.lockUser({ id }, agent)).rejects.toMatchObject(
    refusal(Code.FailedPrecondition, 'COMMAND-3NN8v'),
  );
  await management.unlockUser({ id }, agent);
  await management.deactivateUser({ id }, agent);
  expect(await stateOf()).toBe(2);
  await management.reactivateUser({ id }, agent);
  expect(await stateOf()).toBe(1);
  await expect(management.lockUser({ id }, other)).rejects.toMatchObject(refusal(Code.NotFound, 'COMMAND-5M9fs'));
});
