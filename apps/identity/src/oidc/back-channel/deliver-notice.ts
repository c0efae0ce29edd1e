/** What became of an attempt: `retry` for a fault that may pass. */
export type DeliveryAnswer = 'done' | 'refused' | 'retry';

/**
 * Posts a logout token. An answer of 2xx is the end, and so is 4xx, which ZITADEL takes as final; redirects are not
 * followed and, like 5xx and silence, worth another attempt.
 *
 * @param timeout milliseconds after which silence is the answer.
 */
export async function deliverNotice(uri: string, logoutToken: string, timeout: number): Promise<DeliveryAnswer> {
  try {
    const response = await fetch(uri, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: logoutToken }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    await response.body?.cancel();
    if (response.ok) return 'done';
    return response.status >= 400 && response.status < 500 ? 'refused' : 'retry';
  } catch {
    return 'retry';
  }
}
