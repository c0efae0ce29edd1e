import { Code, ConnectError } from '@connectrpc/connect';
import { AdminService } from '@zitadel/proto/zitadel/admin_pb.js';
import { AuthFactors, UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { describe, expect, it } from 'vitest';
import { type RequestParts, readRequest } from './rest-request.ts';
import { type Binding, bindingsOf } from './rule.ts';

const bindings = [...bindingsOf(UserService), ...bindingsOf(AdminService)];

function bindingNamed(name: string): Binding {
  const binding = bindings.find(({ method }) => method.name === name);
  if (!binding) throw new Error(name);
  return binding;
}

const read = (name: string, parts: Partial<RequestParts>) =>
  readRequest(bindingNamed(name), { parameters: [], query: '', body: '', ...parts });

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    const { code, rawMessage } = ConnectError.from(error);
    expect(code).toBe(Code.InvalidArgument);
    return rawMessage;
  }
  return 'nothing refused';
}

describe('a query', () => {
  const ask = (query: string) => read('ListAuthenticationFactors', { parameters: [['user_id', 'u']], query });

  it('fills lists and enums by name or number, in either spelling, and ignores what it does not know', () => {
    const message = ask(`authFactors=OTP_EMAIL&auth_factors=${AuthFactors.U2F}&nope=1&userId=other`);
    expect(message).toMatchObject({ userId: 'u', authFactors: [AuthFactors.OTP_EMAIL, AuthFactors.U2F] });
  });

  it('fills messages below', () => {
    const message = read('ListAuthenticationMethodTypes', {
      query: 'domainQuery.domain=d&domain_query.include_without_domain=true',
    });
    expect(message).toMatchObject({ domainQuery: { domain: 'd', includeWithoutDomain: true } });
  });

  it.each([
    ['ListAuthenticationFactors', 'authFactors=NOPE', 'parsing list "auth_factors": "NOPE" is not a valid value'],
    [
      'ListAuthenticationMethodTypes',
      'domainQuery=x',
      'parsing field "domain_query": unsupported message type: "zitadel.user.v2.DomainQuery"',
    ],
    [
      'ListAuthenticationMethodTypes',
      'domainQuery.domain=a&domainQuery.domain=b',
      'too many values for field "domain": a, b',
    ],
    ['ListAuthenticationMethodTypes', 'domainQuery.domain.x=1', 'invalid path: "domain" is not a message'],
  ])('of %s is refused: %s', (name, query, text) => expect(refusalOf(() => read(name, { query }))).toBe(text));
});

describe('a body', () => {
  it('may be missing, may have more than is asked for, and something after it', () => {
    expect(read('AddSecondFactorToLoginPolicy', {})).toMatchObject({ type: 0 });
    expect(read('AddSecondFactorToLoginPolicy', { body: '{"type":2,"nope":{}} x' })).toMatchObject({ type: 2 });
    expect(read('AddSecondFactorToLoginPolicy', { body: '{"type":"NOPE"}' })).toMatchObject({ type: 0 });
  });

  it('does not decide what the path says, and is not read where none is asked for', () => {
    const parameters = [['user_id', 'u']] as const;
    expect(read('LockUser', { parameters, body: '{"userId":"other"}' })).toMatchObject({ userId: 'u' });
    expect(read('RemoveOTPEmail', { parameters, body: '{' })).toMatchObject({ userId: 'u' });
  });

  it.each(['{', '[]', '"x"', 'null', '{"type":{}}', '{"a":"\\"}'])('is refused: %s', (body) => {
    expect(refusalOf(() => read('AddSecondFactorToLoginPolicy', { body }))).not.toBe('nothing refused');
  });
});

it('names a path parameter that has no such value', () => {
  const remove = (type: string) => read('RemoveSecondFactorFromLoginPolicy', { parameters: [['type', type]] });
  expect(remove('0x2')).toMatchObject({ type: 2 });
  expect(refusalOf(() => remove('otp'))).toBe('type mismatch, parameter: type, error: otp is not valid');
});
