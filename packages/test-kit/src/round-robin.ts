import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small load balancer: each request goes to the next server, as before many machines. */
export interface RoundRobin {
  readonly port: number;
  /** How many requests each server answered. */
  readonly answered: ReadonlyMap<number, number>;
  stop(): Promise<void>;
}

/**
 * Starts it. A server that takes no connection is passed over: it did not get the request, so another may have it,
 * whatever its method. A request that broke off is not sent again; that is 502, as an ordinary balancer says.
 *
 * @param ports of the servers, on 127.0.0.1.
 */
export async function startRoundRobin(ports: readonly number[]): Promise<RoundRobin> {
  const answered = new Map(ports.map((port) => [port, 0]));
  // A kept connection whose server was killed looks like a request that broke off.
  const agent = new Agent({ keepAlive: false });
  let turn = 0;
  const server = createServer((req, res) => {
    const order = ports.map((_, index) => ports[(turn + index) % ports.length] ?? 0);
    turn = (turn + 1) % ports.length;
    readBody(req).then(
      (body) => pass(req, body, order),
      () => res.destroy(),
    );

    function pass(from: IncomingMessage, body: Buffer, [port, ...others]: readonly number[]): void {
      if (port === undefined) {
        refuse(res, 503);
        return;
      }
      const headers = { ...from.headers, 'x-forwarded-for': from.socket.remoteAddress };
      const onward = request({ host: '127.0.0.1', port, agent, method: from.method, path: from.url, headers });
      onward.once('response', (answer) => {
        answered.set(port, (answered.get(port) ?? 0) + 1);
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on('error', () => res.destroy());
        answer.pipe(res);
      });
      onward.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED') pass(from, body, others);
        else if (res.headersSent) res.destroy();
        else refuse(res, 502);
      });
      onward.end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    answered,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function refuse(res: ServerResponse, status: number): void {
  res.writeHead(status, { 'content-type': 'text/plain' });
  res.end();
}
