import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { SearchQuerySchema } from '@zitadel/proto/zitadel/member_pb.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMember } from '../../commands/organisations/members.ts';
import { openTestInstance, type TestInstance } from '../../testing/test-instance.ts';
import { listMembers } from './members.ts';

let instance: TestInstance;
let person: string;

beforeAll(async () => {
  instance = await openTestInstance();
  ({ userId: person } = await instance.addPerson());
  const scope = { level: 'organisation', id: instance.organisationA } as const;
  await addMember(instance.system, { scope, userId: person, roles: ['ORG_OWNER'] });
  await instance.addCaller(instance.organisationA, 'ORG_OWNER_VIEWER');
});

afterAll(() => instance.store.close());

type Query = NonNullable<MessageInitShape<typeof SearchQuerySchema>['query']>;

const find = async (query: Query) => {
  const request = { queries: [create(SearchQuerySchema, { query })] };
  const { result } = await listMembers(instance.store.db, instance.organisationA, request);
  return result.map(({ userId }) => userId);
};

it('finds administrators by id, names and email', async () => {
  expect(await find({ case: 'userIdQuery', value: { userId: person } })).toEqual([person]);
  expect(await find({ case: 'userIdQuery', value: { userId: '1' } })).toEqual([]);
  expect(await find({ case: 'firstNameQuery', value: { firstName: 'ADA', method: 1 } })).toEqual([person]);
  expect(await find({ case: 'lastNameQuery', value: { lastName: 'Kel', method: 2 } })).toEqual([person]);
  expect(await find({ case: 'emailQuery', value: { email: '@example.org', method: 6 } })).toEqual([person]);
  await expect(find({ case: undefined })).rejects.toMatchObject({ id: 'MEMBE-7Bb92' });
});
