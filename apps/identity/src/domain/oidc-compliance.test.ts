import { describe, expect, it } from 'vitest';
import { allowedOrigins, complianceProblems, isBlockedTarget } from './oidc-compliance.ts';

const WEB = { appType: 0, authMethodType: 3, grantTypes: [0, 2], redirectUris: ['http://localhost:3000/bff/callback'] };
const NATIVE = { ...WEB, appType: 2, authMethodType: 2 };
const names = (configuration: typeof WEB) =>
  complianceProblems(configuration).map((key) => key.replace('Application.OIDC.V1.', ''));

describe('a configuration', () => {
  it.each([
    ['a web application over http', WEB],
    ['a native application on this machine', NATIVE],
    ['a native application with a scheme of its own', { ...NATIVE, redirectUris: ['com.example.app:/back'] }],
    ['a device without redirect', { ...WEB, grantTypes: [3], redirectUris: [] }],
  ])('is fine: %s', (_, configuration) => expect(names(configuration)).toEqual([]));

  it.each([
    ['no redirect', { ...WEB, redirectUris: [] }, ['NotCompliant', 'NoRedirectUris']],
    ['a refresh token alone', { ...WEB, grantTypes: [2] }, ['NotCompliant', 'GrantType.Refresh.NoAuthCode']],
    [
      'a native application with a secret',
      { ...NATIVE, authMethodType: 0 },
      ['NotCompliant', 'NotCompliant', 'Native.AuthMethodType.NotNone'],
    ],
    [
      'a web application with a scheme of its own',
      { ...WEB, redirectUris: ['app:/x'] },
      ['NotCompliant', 'Code.RedirectUris.CustomOnlyForNative'],
    ],
    [
      'a native application over http elsewhere',
      { ...NATIVE, redirectUris: ['http://example.org/'] },
      ['NotCompliant', 'NotCompliant', 'Native.RedirectUris.MustBeHttpLocalhost'],
    ],
  ])('is not: %s', (_, configuration, problems) => expect(names(configuration)).toEqual(problems));
});

it('is called back nowhere on its own machine', () => {
  const blocked = [
    'http://localhost:3000/x',
    'http://127.8.0.1/',
    'http://[::1]:1/',
    'http://0.0.0.0/',
    'http://a.localhost/',
  ];
  expect(blocked.filter((uri) => !isBlockedTarget(uri))).toEqual([]);
  expect(['https://example.org/', 'http://localhost.example.org/', '', 'x'].filter(isBlockedTarget)).toEqual([]);
});

it('may be used from the origins of its redirect URIs', () => {
  const redirectUris = ['http://localhost:3000/a', 'http://localhost:3000/b', 'app:/x', 'https://example.org/'];
  expect(allowedOrigins({ redirectUris, additionalOrigins: ['https://other.example'] })).toEqual([
    'http://localhost:3000',
    'https://example.org',
    'https://other.example',
  ]);
});
