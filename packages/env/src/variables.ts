import * as z from 'zod';

/** A TCP port, 1 to 65535; 0 asks the system for a free one. */
export const port = (fallback: number) =>
  z.coerce
    .number({ error: 'must be a port number, 0 to 65535' })
    .int('must be a port number, 0 to 65535')
    .min(0, 'must be a port number, 0 to 65535')
    .max(65535, 'must be a port number, 0 to 65535')
    .default(fallback);

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
