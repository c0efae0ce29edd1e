import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** A proxy as stands in front of several processes: each request goes to the next one that answers. */
export interface RoundRobin {
  /** Where requests go, in turn; may be changed while it runs. */
  readonly upstreams: URL[];
  /** How many requests each upstream answered. */
  readonly served: Map<string, number>;
  stop(): Promise<void>;
}

export async function startRoundRobin(port: number): Promise<RoundRobin> {
  const upstreams: URL[] = [];
  const served = new Map<string, number>();
  let turn = 0;

  function forward(req: IncomingMessage, res: ServerResponse, body: Buffer, attempts: number): void {
    const upstream = upstreams[turn++ % upstreams.length];
    if (!upstream || attempts === 0) {
      res.writeHead(502).end();
      return;
    }
    const { hostname, port } = upstream;
    const onward = request({ hostname, port, path: req.url, method: req.method, headers: req.headers }, (answer) => {
      served.set(upstream.href, (served.get(upstream.href) ?? 0) + 1);
      res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(res);
    });
    onward.on('error', () => forward(req, res, body, attempts - 1));
    onward.end(body);
  }

  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => forward(req, res, Buffer.concat(chunks), upstreams.length));
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    upstreams,
    served,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
