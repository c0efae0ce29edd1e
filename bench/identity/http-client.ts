import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

/** A call over a connection that stays open. @throws Error for an answer that is not 2xx. */
export function call(
  method: string,
  url: string,
  options: { readonly token?: string; readonly body?: unknown } = {},
): Promise<string> {
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const headers = {
    ...(options.token && { authorization: `Bearer ${options.token}` }),
    ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const good = answer.statusCode !== undefined && answer.statusCode < 300;
        if (good) resolve(text);
        else reject(new Error(`${method} ${url} answered ${answer.statusCode}: ${text}`));
      });
    });
    sent.on('error', (error) => {
      // The server closed the connection just as it was taken up again: nothing was lost, and nothing measured.
      if (sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET') resolve(call(method, url, options));
      else reject(error);
    });
    sent.end(body);
  });
}
