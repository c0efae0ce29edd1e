import { i18n } from '@lingui/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { browserWords, deviceWords } from './browser-words.ts';

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }));

describe('browserWords', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      'Chrome on Linux',
    ],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on macOS'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari on iOS',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
      'Samsung Internet on Android',
    ],
  ])('calls %s by its name', (userAgent, words) => expect(browserWords(userAgent)).toBe(words));

  it('leaves alone what it does not know', () => {
    expect(browserWords('curl/8.9.1')).toBe('curl/8.9.1');
    expect(browserWords(null)).toBe('Unknown browser');
  });
});

describe('deviceWords', () => {
  it('calls a browser by its name and leaves a device as it called itself', () => {
    expect(deviceWords('Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
      'Firefox on Windows',
    );
    expect(deviceWords('Ada’s laptop')).toBe('Ada’s laptop');
    expect(deviceWords(null)).toBe('Unknown device');
  });
});
