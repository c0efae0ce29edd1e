import { randomUUID } from 'node:crypto';
import { csrfHeader, idempotencyHeader, sessionPath } from '@latchkey/contract/paths';
import type { Page } from '@playwright/test';

/** One request as a page of the console makes it, and its answer whole, whatever it is. */
export type PageCall = (method: string, path: string, body?: unknown) => Promise<Response>;

/** Requests of nobody. @param publicUrl where the console is. */
export function callAsStranger(publicUrl: string): PageCall {
  return (method, path, body) => send(publicUrl + path, method, body, {});
}

/** Requests in the name of who is signed in on a page. */
export async function callAsPage(page: Page, publicUrl: string): Promise<PageCall> {
  const cookies = await page.context().cookies(publicUrl);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const session = await send(publicUrl + sessionPath, 'GET', undefined, { cookie });
  const { csrf } = (await session.json()) as { csrf: string };
  return (method, path, body) =>
    send(publicUrl + path, method, body, { cookie, [csrfHeader]: csrf, [idempotencyHeader]: randomUUID() });
}

function send(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  return fetch(url, {
    method,
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
