import { fromJson, getOption, toJson } from '@bufbuild/protobuf';
import { reflect } from '@bufbuild/protobuf/reflect';
import { bindingsOf } from '@latchkey/transcoding/rule';
import { options } from '@zitadel/proto/zitadel/protoc_gen_zitadel/v2/options_pb.js';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '../services.ts';
import { messageCheck } from '../validation/message-check.ts';

function methodNamed(service: string, name: string) {
  const method = SERVICES.find(({ typeName }) => typeName === service)?.methods.find((each) => each.name === name);
  if (!method) throw new Error(`${service} has no ${name}`);
  return method;
}

describe('recovery codes', () => {
  it('have methods with paths, and ask for a token and an id', () => {
    const { parent, input } = methodNamed('zitadel.user.v2.UserService', 'RemoveRecoveryCodes');
    const paths = bindingsOf(parent).filter(({ method }) => method.name.endsWith('RecoveryCodes'));
    expect(paths.map(({ httpMethod, template }) => `${httpMethod} ${template.source}`)).toEqual([
      'POST /v2/users/{user_id}/recovery_codes',
      'DELETE /v2/users/{user_id}/recovery_codes',
    ]);
    for (const { method } of paths) expect(getOption(method, options).authOption?.permission).toBe('authenticated');
    expect(messageCheck(input)(reflect(input))).toBe(
      'invalid RemoveRecoveryCodesRequest.UserId: value length must be between 1 and 200 runes, inclusive',
    );
  });

  it('are asked for in a number', () => {
    const { input } = methodNamed('zitadel.user.v2.UserService', 'GenerateRecoveryCodes');
    const fault = (count: number) => messageCheck(input)(reflect(input, fromJson(input, { userId: 'u', count })));
    expect(fault(0)).toBe('invalid GenerateRecoveryCodesRequest.Count: value must be greater than 0');
    expect(fault(1)).toBeUndefined();
  });

  it('can be checked by a session, whose message is otherwise the published one', () => {
    const { input } = methodNamed('zitadel.session.v2.SessionService', 'SetSession');
    const checks = { password: { password: 'x' }, recoveryCode: { code: 'abc' } };
    const request = fromJson(input, { checks });
    expect(request).toMatchObject({ checks });
    expect(toJson(input, request)).toEqual({ checks });
  });

  it('are a second factor of the login policy', () => {
    const { input } = methodNamed('zitadel.admin.v1.AdminService', 'AddSecondFactorToLoginPolicy');
    const request = fromJson(input, { type: 'SECOND_FACTOR_TYPE_RECOVERY_CODES' });
    expect(request).toMatchObject({ type: 5 });
    expect(toJson(input, request)).toEqual({ type: 'SECOND_FACTOR_TYPE_RECOVERY_CODES' });
  });
});

it('users can be looked for by what is noted on them', () => {
  const { input } = methodNamed('zitadel.user.v2.UserService', 'ListUsers');
  const queries = [
    { metadataKeyFilter: { key: 'desk', method: 'TEXT_FILTER_METHOD_CONTAINS' } },
    { metadataValueFilter: { value: 'Nw==', method: 'BYTE_FILTER_METHOD_NOT_EQUALS' } },
  ];
  expect(toJson(input, fromJson(input, { queries }))).toEqual({ queries });
});

it('sessions can be looked for by when they expire', () => {
  const { input } = methodNamed('zitadel.session.v2.SessionService', 'ListSessions');
  const expirationDateQuery = { expirationDate: '2030-01-01T00:00:00Z', method: 'TIMESTAMP_QUERY_METHOD_LESS' };
  const request = { queries: [{ expirationDateQuery }] };
  expect(toJson(input, fromJson(input, request))).toEqual(request);
});
