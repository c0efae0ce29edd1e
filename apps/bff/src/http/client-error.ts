import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemMediaType } from '@latchkey/contract/problem';
import { Problem } from './problem.ts';
import { securityHeadersFor } from './security-headers.ts';

/**
 * Answers what is no HTTP request at all, or came too slowly or too large: Node's own answer would be the only one
 * without the security headers.
 *
 * @param publicUrl decides on the headers for https.
 */
export function clientErrorHandler(publicUrl: string) {
  const headers = securityHeadersFor(publicUrl);
  return function answerClientError(
    error: NodeJS.ErrnoException,
    socket: Duplex & { _httpMessage?: ServerResponse },
  ): void {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const status = statuses[error.code ?? ''] ?? '400 Bad Request';
    const body = JSON.stringify(new Problem('invalid_input').toDocument(randomUUID()));
    const lines = [
      `HTTP/1.1 ${status}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      'Cache-Control: no-store',
      'Connection: close',
      `Content-Type: ${problemMediaType}; charset=utf-8`,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
  };
}

const statuses: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
