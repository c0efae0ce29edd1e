import { Code, ConnectError, type Interceptor, type Transport } from '@connectrpc/connect';
import type { UniversalClientFn } from '@connectrpc/connect/protocol';
import { createTransport } from '@connectrpc/connect/protocol-connect';

export interface ConnectTransportOptions {
  /** An origin. */
  readonly baseUrl: string;
  /** Holds the limits of every call: it takes a body of text, and throws what is no answer in JSON. */
  readonly fetch: typeof globalThis.fetch;
  readonly interceptors: readonly Interceptor[];
}

/** More is cut off by the fetch already. */
const maximumBytes = 1_048_576;

/**
 * Connect's unary calls, in JSON, for those services of ZITADEL that have no REST. Rejects as the REST transport does:
 * with a ConnectError, whose cause is what the fetch threw; `Unimplemented` where the server has no such service.
 */
export function createConnectTransport({ baseUrl, fetch, interceptors }: ConnectTransportOptions): Transport {
  return createTransport({
    baseUrl,
    httpClient: overFetch(fetch),
    useBinaryFormat: false,
    interceptors: [...interceptors],
    acceptCompression: [],
    sendCompression: null,
    compressMinBytes: maximumBytes,
    readMaxBytes: maximumBytes,
    writeMaxBytes: maximumBytes,
  });
}

/** Connect's own fetch client sends a stream, whose length nobody knows beforehand; a message is short and known. */
function overFetch(fetch: typeof globalThis.fetch): UniversalClientFn {
  return async ({ url, method, header, body, signal }) => {
    const message = body && (await readText(body));
    try {
      const response = await fetch(url, {
        method,
        headers: header,
        ...(message !== undefined && { body: message }),
        ...(signal && { signal }),
      });
      const answer = new Uint8Array(await response.arrayBuffer());
      return { status: response.status, header: response.headers, body: once(answer), trailer: new Headers() };
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw new ConnectError('no answer', Code.Unavailable, undefined, undefined, cause);
    }
  };
}

async function readText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  for await (const chunk of chunks) read.push(chunk);
  return Buffer.concat(read).toString('utf8');
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
