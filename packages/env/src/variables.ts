import * as z from 'zod';

const portRange = 'must be a port number, 0 to 65535';

/** A TCP port, 1 to 65535; 0 asks the system for a free one. */
export const portNumber = () =>
  z.coerce.number({ error: portRange }).int(portRange).min(0, portRange).max(65535, portRange);

/** A TCP port that has a default. */
export const port = (fallback: number) => portNumber().default(fallback);

/** An http or https origin: scheme, host and port, no path. Normalised without a trailing slash. */
export const origin = () =>
  z.string().transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username) {
      return url.origin;
    }
    context.addIssue({
      code: 'custom',
      message: 'must be an origin such as https://console.example.com, without a path',
    });
    return z.NEVER;
  });

const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * A length of time such as `90s`, `15m`, `8h` or `30d`.
 *
 * @param fallback used when the variable is unset.
 * @param bounds the shortest and longest allowed, in the same notation.
 * @returns whole seconds.
 */
export const duration = (fallback: string, bounds: { readonly min: string; readonly max: string }) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const seconds = parseDuration(text);
      if (seconds !== undefined && seconds >= (parseDuration(bounds.min) ?? 0)) {
        if (seconds <= (parseDuration(bounds.max) ?? Number.POSITIVE_INFINITY)) return seconds;
      }
      context.addIssue({
        code: 'custom',
        message: `must be a length of time such as ${fallback}, from ${bounds.min} to ${bounds.max}`,
      });
      return z.NEVER;
    });

function parseDuration(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const factor = secondsPer[unit];
  return count === undefined || factor === undefined ? undefined : Number(count) * factor;
}

/**
 * Whether `http` to this host stays on this machine or on a network of one's own: loopback, private addresses
 * (RFC 1918, RFC 4193), names without a dot (containers) and the reserved `.localhost`, `.local` and `.internal`.
 */
export function isLocalHost(hostname: string): boolean {
  if (isLoopbackHost(hostname)) return true;
  if (/^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(hostname) || /^\[f[cd]/i.test(hostname)) return true;
  // An IPv6 address has no dot either, and is anybody's.
  return !/[.[]/.test(hostname) || /\.(local|internal)$/i.test(hostname);
}

/** Whether a browser treats `http` to this host as a secure context (W3C Secure Contexts, 3.1). */
export function isLoopbackHost(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}
