import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedMessage {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** What the receiver did with it. */
  readonly answer: Behaviour;
}

/** `lose`: it takes the message and the answer is lost. A number is a status. */
export type Behaviour = number | 'hang' | 'lose';

/** What an operator's SIEM is for the webhook: an HTTP server that takes, refuses, hangs or dies. */
export interface WebhookReceiver {
  readonly url: string;
  readonly messages: ReceivedMessage[];
  /** Those that were taken, as records. */
  taken(): { seq: number; [key: string]: unknown }[];
  /** What it does with the next messages, in order; 204 when there is nothing more. */
  readonly next: Behaviour[];
  stop(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const messages: ReceivedMessage[] = [];
  const next: Behaviour[] = [];
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const answer = next.shift() ?? 204;
    messages.push({ headers: req.headers, body: Buffer.concat(chunks).toString('utf8'), answer });
    if (answer === 'hang') return;
    if (answer === 'lose') req.socket.destroy();
    else
      res
        .writeHead(answer, answer >= 300 && answer < 400 ? { location: '/elsewhere' } : {})
        .end('secret of the receiver');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/audit?key=in-the-address`,
    messages,
    taken: () =>
      messages.filter(({ answer }) => answer === 204 || answer === 'lose').map(({ body }) => JSON.parse(body)),
    next,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
