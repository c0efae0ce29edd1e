import { ConfigurationError } from '@latchkey/env/parse-environment';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const enough = { LATCHKEY_ISSUER: 'https://login.example.com', LATCHKEY_CLIENT_KEY_FILE: 'key.json' };

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

describe('the configuration', () => {
  it('has a default for all but the issuer and the proof of who we are', () => {
    expect(readConfig(enough)).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      issuer: 'https://login.example.com',
      apiUrl: 'https://login.example.com',
      removalApi: 'auto',
      metricsPort: undefined,
      metricsHost: '127.0.0.1',
      trustProxy: 0,
      sessions: {
        idle: 900,
        absolute: 28_800,
        stepUp: 300,
        maximum: 3,
        refreshIdle: 2_592_000,
        refreshAbsolute: 7_776_000,
      },
    });
  });

  it('names every fault at once', () => {
    const faults = faultsOf({
      PORT: 'x',
      LATCHKEY_REMOVAL_API: 'v3',
      LATCHKEY_SESSION_IDLE: '1h',
      LATCHKEY_MAX_SESSIONS: '0',
    });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'PORT',
      'LATCHKEY_ISSUER',
      'LATCHKEY_REMOVAL_API',
      'LATCHKEY_SESSION_IDLE',
      'LATCHKEY_MAX_SESSIONS',
      'LATCHKEY_CLIENT_KEY_FILE',
    ]);
  });

  it.each([
    ['http://console.example.com', 1],
    ['http://192.168.1.10:3000', 1],
    ['http://localhost:3000', 0],
    ['http://127.0.0.1:3000', 0],
    ['https://console.example.com', 0],
  ])('as public address takes %s or says why not', (url, count) => {
    expect(faultsOf({ ...enough, LATCHKEY_PUBLIC_URL: url })).toHaveLength(count);
  });

  it.each([
    ['http://login.example.com', 1],
    ['http://localhost:8080', 0],
    ['http://zitadel:8080', 0],
    ['http://10.1.2.3:8080', 0],
    ['http://[::1]:8080', 0],
    ['http://[fd00::1]:8080', 0],
    ['http://[2001:db8::1]:8080', 1],
    ['https://login.example.com/path', 1],
  ])('as issuer takes %s or says why not', (url, count) => {
    expect(faultsOf({ ...enough, LATCHKEY_ISSUER: url })).toHaveLength(count);
  });

  it('refuses an application without client authentication', () => {
    expect(faultsOf({ LATCHKEY_ISSUER: 'https://login.example.com' })).toEqual([
      expect.stringContaining('"none" is refused'),
    ]);
    expect(faultsOf({ ...enough, LATCHKEY_CLIENT_SECRET_FILE: 'secret' })).toHaveLength(1);
  });

  it.each([
    ['2', 2],
    ['10.0.0.0/8, 127.0.0.1', ['10.0.0.0/8', '127.0.0.1']],
  ])('reads the proxies in front: %s', (text, expected) => {
    expect(readConfig({ ...enough, LATCHKEY_TRUST_PROXY: text }).trustProxy).toEqual(expected);
  });
});
