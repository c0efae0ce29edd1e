import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Passes requests on to one server after the other, as tests say. */
export interface Forwarder {
  readonly port: number;
  /** Where requests go: an http origin; may be changed while it runs. */
  target: string;
  close(): Promise<void>;
}

/**
 * @param target an http origin. The Host header is kept.
 * @param headers put over those that come: with an `authorization` every call is somebody else's.
 */
export async function startForwarder(target = '', headers: Record<string, string> = {}): Promise<Forwarder> {
  const server = createServer((req, res) => {
    const options = { method: req.method, headers: { ...req.headers, ...headers } };
    const onward = request(`${forwarder.target}${req.url}`, options, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(res);
    });
    onward.on('error', () => req.socket.destroy());
    req.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const forwarder = {
    port: (server.address() as AddressInfo).port,
    target,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return forwarder;
}
