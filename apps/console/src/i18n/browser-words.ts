import { t } from '@lingui/core/macro';

// The order matters: Edge, Opera and Samsung's browser call themselves Chrome, too, and Chrome calls itself Safari.
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|OPiOS)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|HeadlessChrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/.* Safari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/**
 * A browser as people call it: "Firefox on Windows". What is not known stays as it called itself.
 *
 * @param userAgent as it was sent; null when none was
 */
export function browserWords(userAgent: string | null): string {
  if (userAgent === null) return t`Unknown browser`;
  const browser = find(browsers, userAgent);
  const system = find(systems, userAgent);
  if (browser === null) return userAgent;
  return system === null ? browser : t`${browser} on ${system}`;
}

/** What a session of ZITADEL is called: its browser or device, as far as it said. */
export const deviceWords = (device: string | null): string =>
  device === null ? t`Unknown device` : browserWords(device);

const find = (known: readonly (readonly [RegExp, string])[], text: string): string | null =>
  known.find(([pattern]) => pattern.test(text))?.[1] ?? null;
