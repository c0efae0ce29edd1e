import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The least a proxy can do: it hands requests on over kept connections and looks at nothing. */
export async function startPassThrough(target: string): Promise<{ readonly origin: string; stop(): void }> {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  const server = createServer((req, res) => {
    const onward = request(
      { hostname, port, agent, method: req.method, path: req.url, headers: req.headers },
      (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      },
    );
    onward.on('error', () => res.destroy());
    req.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

// As a process of its own, like the BFF: beside the measuring code it would share its processor.
const [target] = process.argv.slice(2);
if (target) {
  const { origin } = await startPassThrough(target);
  process.stdout.write(`${origin}\n`);
  process.on('disconnect', () => process.exit());
}
