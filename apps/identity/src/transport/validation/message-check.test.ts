import { create, type DescMessage, fromJson, type JsonValue } from '@bufbuild/protobuf';
import { reflect } from '@bufbuild/protobuf/reflect';
import { AddSecondFactorToLoginPolicyRequestSchema, ListEventsRequestSchema } from '@zitadel/proto/zitadel/admin_pb.js';
import { SetTriggerActionsRequestSchema, UpdateActionRequestSchema } from '@zitadel/proto/zitadel/management_pb.js';
import { SessionService } from '@zitadel/proto/zitadel/session/v2/session_service_pb.js';
import {
  AddHumanUserRequestSchema,
  ListUsersRequestSchema,
  RemoveU2FRequestSchema,
  SetEmailRequestSchema,
} from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '../services.ts';
import { messageCheck } from './message-check.ts';

/** A message as the doors know it. */
function newest(published: DescMessage): DescMessage {
  const inputs = SERVICES.flatMap(({ methods }) => methods.map(({ input }) => input));
  return inputs.find(({ typeName }) => typeName === published.typeName) ?? published;
}

const faultOf = (desc: DescMessage, json: JsonValue) => messageCheck(desc)(reflect(desc, fromJson(desc, json)));

const CreateSessionRequestSchema = newest(SessionService.method.createSession.input);

const PERSON = { profile: { givenName: 'Ada', familyName: 'Keller' }, email: { email: 'ada@example.org' } };

describe('a request', () => {
  it.each<[string, DescMessage, JsonValue]>([
    ['a person', AddHumanUserRequestSchema, PERSON],
    ['a length in characters, not bytes', RemoveU2FRequestSchema, { userId: '😀'.repeat(200), u2fId: 'ä' }],
    ['a lifetime', CreateSessionRequestSchema, { lifetime: '0.000000001s' }],
    ['optional fields that are not there', CreateSessionRequestSchema, { checks: {} }],
  ])('is as it should be: %s', (_, desc, json) => expect(faultOf(desc, json)).toBeUndefined());

  it.each<[DescMessage, JsonValue, string]>([
    [
      RemoveU2FRequestSchema,
      {},
      'invalid RemoveU2FRequest.UserId: value length must be between 1 and 200 runes, inclusive',
    ],
    [
      RemoveU2FRequestSchema,
      { userId: 'u', u2fId: '😀'.repeat(201) },
      'invalid RemoveU2FRequest.U2FId: value length must be between 1 and 200 runes, inclusive',
    ],
    [
      AddSecondFactorToLoginPolicyRequestSchema,
      {},
      'invalid AddSecondFactorToLoginPolicyRequest.Type: value must not be in list [SECOND_FACTOR_TYPE_UNSPECIFIED]',
    ],
    [
      AddSecondFactorToLoginPolicyRequestSchema,
      { type: 99 },
      'invalid AddSecondFactorToLoginPolicyRequest.Type: value must be one of the defined enum values',
    ],
    [AddHumanUserRequestSchema, { email: PERSON.email }, 'invalid AddHumanUserRequest.Profile: value is required'],
    [
      AddHumanUserRequestSchema,
      { ...PERSON, profile: { givenName: 'Ada' } },
      'invalid AddHumanUserRequest.Profile: embedded message failed validation | caused by: invalid SetHumanProfile.FamilyName: value length must be between 1 and 200 runes, inclusive',
    ],
    [
      SetEmailRequestSchema,
      { userId: 'u', email: 'ada' },
      "invalid SetEmailRequest.Email: value must be a valid email address | caused by: mail: missing '@' or angle-addr",
    ],
    [
      SetEmailRequestSchema,
      { userId: 'u', email: 'ada@-x.org' },
      'invalid SetEmailRequest.Email: value must be a valid email address | caused by: hostname parts cannot begin with hyphens',
    ],
    [
      CreateSessionRequestSchema,
      { lifetime: '0s' },
      'invalid CreateSessionRequest.Lifetime: value must be greater than 0s',
    ],
    [
      CreateSessionRequestSchema,
      { checks: { user: {} } },
      'invalid CreateSessionRequest.Checks: embedded message failed validation | caused by: invalid Checks.User: embedded message failed validation | caused by: invalid CheckUser.Search: value is required',
    ],
    [
      ListUsersRequestSchema,
      { queries: [{ typeQuery: { type: 'TYPE_HUMAN' } }, {}] },
      'invalid ListUsersRequest.Queries[1]: embedded message failed validation | caused by: invalid SearchQuery.Query: value is required',
    ],
    [
      UpdateActionRequestSchema,
      { id: 'a', name: 'a', script: 's', timeout: '21s' },
      'invalid UpdateActionRequest.Timeout: value must be inside range [0s, 20s]',
    ],
    [
      ListEventsRequestSchema,
      { eventTypes: Array.from({ length: 31 }, () => 'x') },
      'invalid ListEventsRequest.EventTypes: value must contain no more than 30 item(s)',
    ],
  ])('of %s with %j is refused', (desc, json, text) => expect(faultOf(desc, json)).toBe(text));
});

it('has a check for every rule of every request', () => {
  for (const service of SERVICES) {
    for (const { input } of service.methods)
      expect(() => messageCheck(input)(reflect(input, create(input)))).not.toThrow();
  }
  expect(messageCheck(SetTriggerActionsRequestSchema)).toBe(messageCheck(SetTriggerActionsRequestSchema));
});
