import type { Request, Response } from 'express';
import { secretPattern } from './vault/secrets.ts';

// The prefix keeps script from planting one (`__Host-Http-`: set by HTTP only) and siblings too (`__Host-`).
const sessionCookie = '__Host-Http-session';
const bindingCookie = '__Host-Http-bind';

/** The two halves of the session cookie: `id` finds the session, `secret` opens it. */
export interface SessionCookie {
  readonly id: string;
  readonly secret: string;
}

/** @returns undefined when there is none or it does not have the form of one. */
export function readSessionCookie(req: Request): SessionCookie | undefined {
  const [id = '', secret = '', ...rest] = readCookie(req, sessionCookie)?.split('.') ?? [];
  return secretPattern.test(id) && secretPattern.test(secret) && rest.length === 0 ? { id, secret } : undefined;
}

/** Without a lifetime: the browser drops it when it closes, the server decides before that. */
export function setSessionCookie(res: Response, { id, secret }: SessionCookie): void {
  res.append('Set-Cookie', `${sessionCookie}=${id}.${secret}; Path=/; Secure; HttpOnly; SameSite=Strict`);
}

export function clearSessionCookie(res: Response): void {
  res.append('Set-Cookie', `${sessionCookie}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0`);
}

/** What binds a sign-in to the browser that began it. */
export function readBindingCookie(req: Request): string | undefined {
  const value = readCookie(req, bindingCookie);
  return value !== undefined && secretPattern.test(value) ? value : undefined;
}

/** Lax, because it must come along when ZITADEL sends the browser back; shared by sign-ins in several tabs. */
export function setBindingCookie(res: Response, value: string): void {
  res.append('Set-Cookie', `${bindingCookie}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600`);
}

function readCookie(req: Request, name: string): string | undefined {
  for (const pair of req.headers.cookie?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    if (pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}
