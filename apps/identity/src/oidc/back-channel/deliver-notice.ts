/** Milliseconds after which a listener has not answered. */
const TIMEOUT = 5_000;

/** What became of an attempt: `retry` for a fault that may pass. */
export type DeliveryAnswer = 'done' | 'refused' | 'retry';

/**
 * Posts a logout token. An answer of 2xx is the end, and so is 4xx, which ZITADEL takes as final; redirects are not
 * followed and, like 5xx and silence, worth another attempt.
 */
export async function deliverNotice(uri: string, logoutToken: string): Promise<DeliveryAnswer> {
  try {
    const response = await fetch(uri, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: logoutToken }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    await response.body?.cancel();
    if (response.ok) return 'done';
    return response.status >= 400 && response.status < 500 ? 'refused' : 'retry';
  } catch {
    return 'retry';
  }
}
