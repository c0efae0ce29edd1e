import type { Stack } from '@latchkey/test-kit/stack';

/**
 * Calls the identity server's API as its first machine user.
 *
 * @throws Error for anything but 2xx.
 */
export async function callZitadel<T>(stack: Stack, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(stack.issuer + path, {
    method,
    headers: { authorization: `Bearer ${stack.adminPat}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}.`);
  return (await answer.json()) as T;
}
