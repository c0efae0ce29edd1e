import type { WebhookMessage } from './webhook-message.ts';

const patienceMs = 10_000;

/**
 * Gives a receiver one message. Only 2xx means that it has it; a redirect is refused, as it would carry the audit to
 * another address than the one the operator wrote down.
 *
 * @throws Error that says why, without what the receiver said.
 */
export async function postMessage(url: string, { headers, body }: WebhookMessage): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(patienceMs),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the receiver answered ${answer.status}`);
}
