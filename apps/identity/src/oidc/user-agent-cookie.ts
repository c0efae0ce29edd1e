import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';

const NAME = 'zitadel.useragent';
const PATTERN = /(?:^|; )zitadel\.useragent=([A-Za-z0-9_-]{20,64})(?:;|$)/;
const YEAR = 31_536_000;

/** The browser's own id, if it brought one along. It proves nothing. */
export function readUserAgentId(cookies: string | undefined): string | undefined {
  return PATTERN.exec(cookies ?? '')?.[1];
}

/**
 * Gives every browser an id, with every answer of OIDC, as ZITADEL does: also to servers that ask for a token. Cookies
 * take no notice of ports, so on localhost the console's server gets it as well.
 */
export function setUserAgentCookie(ctx: Context): void {
  const id = readUserAgentId(ctx.get('cookie')) ?? randomBytes(18).toString('base64url');
  const domain = ctx.hostname === 'localhost' ? '; Domain=localhost' : '';
  ctx.append('set-cookie', `${NAME}=${id}; Path=/${domain}; Max-Age=${YEAR}; HttpOnly; SameSite=Lax`);
}
