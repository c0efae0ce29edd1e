/** An answer that came as a whole. */
export interface Said {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Asks a server that may be killed at any moment.
 *
 * @param token personal access token.
 * @returns nothing when the connection broke before the whole answer was here.
 */
export async function ask(
  origin: string,
  method: string,
  path: string,
  token: string,
  body?: unknown,
): Promise<Said | undefined> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  try {
    const response = await fetch(`${origin}${path}`, { method, headers, ...sent });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : {} };
  } catch {
    return undefined;
  }
}
