import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import type { Socket } from 'node:net';

export type AnyRequest = IncomingMessage | Http2ServerRequest;
export type AnyResponse = ServerResponse | Http2ServerResponse;

export interface DualServer {
  readonly server: Server;
  close(graceMs: number): Promise<void>;
}

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

/** How long a client may take to send the bytes that tell its protocol. */
const SNIFF_MS = 10_000;

/**
 * HTTP/1.1 and HTTP/2 with prior knowledge on one cleartext port, told apart by the client preface (RFC 9113, 3.4). The HTTP/1.1 server
 * stays the listener, so that its timeouts and limits keep working.
 */
export function createDualServer(handle: (req: AnyRequest, res: AnyResponse) => void): DualServer {
  const http1 = createServer(handle);
  const http2 = createHttp2Server(handle);
  const takeHttp1 = http1.listeners('connection');
  http1.removeAllListeners('connection');
  const sessions = new Set<ServerHttp2Session>();
  const sockets = new Set<Socket>();
  const undecided = new Set<Socket>();
  http2.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  http2.on('sessionError', () => undefined); // the session ends; there is nobody to tell
  http1.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    undecided.add(socket);
    sniff(socket, (isHttp2) => {
      undecided.delete(socket);
      if (isHttp2) http2.emit('connection', socket);
      else if (isHttp2 === false) for (const take of takeHttp1) take.call(http1, socket);
    });
  });
  return {
    server: http1,
    close: (graceMs) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, graceMs);
        http1.close(() => {
          clearTimeout(cut);
          resolve();
        });
        http1.closeIdleConnections();
        for (const socket of undecided) socket.destroy();
        for (const session of sessions) session.close();
      }),
  };
}

/** Reads as much as it takes to tell, puts it back, and says what it is; undefined when the connection is gone. */
function sniff(socket: Socket, decide: (isHttp2: boolean | undefined) => void): void {
  let seen = Buffer.alloc(0);
  const timer = setTimeout(() => socket.destroy(), SNIFF_MS);
  const finish = (isHttp2: boolean | undefined): void => {
    clearTimeout(timer);
    socket.off('readable', look).off('close', gone).off('error', ignore);
    if (isHttp2 !== undefined) socket.unshift(seen);
    decide(isHttp2);
  };
  const look = (): void => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    seen = Buffer.concat([seen, chunk]);
    const length = Math.min(seen.length, PREFACE.length);
    if (PREFACE.compare(seen, 0, length, 0, length) !== 0) finish(false);
    else if (length === PREFACE.length) finish(true);
  };
  const gone = (): void => finish(undefined);
  const ignore = (): void => undefined; // 'close' follows
  socket.on('readable', look).on('close', gone).on('error', ignore);
}
