import type { Request, Response } from 'express';
import type { Vault } from '../store/vault.ts';
import { SIGN_IN_PATH } from './paths.ts';
import { LIFETIMES } from './tokens/lifetimes.ts';

/*
 * Each authorization request has a cookie of its own, set where it began. Who has only the address of the page cannot go
 * on with it: else an attacker would start a request, let somebody else sign in, and collect the code. Several tabs do
 * not get into each other's way.
 */

const cookieName = (requestId: string) => `identity.request.${requestId}`;

/** What proves that a browser began the request. */
export function bindingOf(vault: Vault, requestId: string): string {
  return vault.mac(requestId, 'sign-in request');
}

/** What a form must carry, beside the cookie. */
export function formTokenOf(vault: Vault, requestId: string): string {
  return vault.mac(requestId, 'sign-in form');
}

/** The cookie of a request that begins, as a `Set-Cookie` value. */
export function bindingCookie(vault: Vault, requestId: string): string {
  return `${cookieName(requestId)}=${bindingOf(vault, requestId)}; Path=${SIGN_IN_PATH}; Max-Age=${LIFETIMES.request}; HttpOnly; SameSite=Lax`;
}

export function hasBinding(vault: Vault, request: Request, requestId: string): boolean {
  const wanted = `${cookieName(requestId)}=${bindingOf(vault, requestId)}`;
  return (request.headers.cookie ?? '').split('; ').includes(wanted);
}

export function clearBinding(response: Response, requestId: string): void {
  response.append('set-cookie', `${cookieName(requestId)}=; Path=${SIGN_IN_PATH}; Max-Age=0; HttpOnly; SameSite=Lax`);
}
