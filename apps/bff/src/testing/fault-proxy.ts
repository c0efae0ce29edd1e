import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What goes wrong with one request on its way to ZITADEL. `…After`: ZITADEL executes it and the answer is lost;
 * `hangBefore`: it waits on the way until `arrive` is called; without that, ZITADEL never sees it.
 */
export type Fault =
  | { readonly kind: 'hang' | 'hangAfter' | 'hangBefore' | 'reset' | 'resetAfter' | 'redirect' | 'huge' }
  | { readonly kind: 'answer' | 'answerAfter'; readonly status: number; readonly type?: string; readonly body: string };

/** A proxy before a real server that lets chosen requests fail. */
export interface FaultProxy {
  readonly origin: string;
  /** What came through, as `METHOD /path`, oldest first. */
  readonly seen: string[];
  /** Lets the next `times` requests that match fail, once `after` of them passed. */
  fail(pattern: RegExp, fault: Fault, options?: { readonly times?: number; readonly after?: number }): void;
  /** Lets what hangs on the way arrive, although nobody waits for it any more, and waits until it was answered. */
  arrive(): Promise<void>;
  /** Forgets planned faults and what was seen. */
  calm(): void;
  close(): Promise<void>;
}

/** @param target an http origin. Its clients' Host header is kept, so that the instance is found. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const plans: Plan[] = [];
  const seen: string[] = [];
  const onTheWay: (() => Promise<void>)[] = [];
  const server = createServer((req, res) => {
    const line = `${req.method} ${req.url}`;
    seen.push(line);
    const fault = takeFault(plans, line);
    if (fault?.kind === 'hangBefore') onTheWay.push(() => send(target, req));
    else apply(fault, target, req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    fail: (pattern, fault, { times = 1, after = 0 } = {}) => void plans.push({ pattern, fault, times, after }),
    arrive: async () => {
      await Promise.all(onTheWay.splice(0).map((onward) => onward()));
    },
    calm: () => {
      plans.splice(0);
      seen.splice(0);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Plan {
  readonly pattern: RegExp;
  readonly fault: Fault;
  times: number;
  after: number;
}

function takeFault(plans: readonly Plan[], line: string): Fault | undefined {
  const plan = plans.find((candidate) => candidate.times > 0 && candidate.pattern.test(line));
  if (!plan) return undefined;
  if (plan.after > 0) {
    plan.after -= 1;
    return undefined;
  }
  plan.times -= 1;
  return plan.fault;
}

function apply(
  fault: Exclude<Fault, { kind: 'hangBefore' }> | undefined,
  target: string,
  req: IncomingMessage,
  res: ServerResponse,
): void {
  const execute = (onAnswer: () => void) =>
    forward(target, req, (answer) => {
      answer.resume();
      onAnswer();
    });
  switch (fault?.kind) {
    case undefined:
      forward(target, req, (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      });
      break;
    case 'hang':
    case 'hangBefore':
      break;
    case 'hangAfter':
      execute(() => {});
      break;
    case 'reset':
      req.socket.destroy();
      break;
    case 'resetAfter':
      execute(() => req.socket.destroy());
      break;
    case 'redirect':
      res.writeHead(302, { location: `${target}/elsewhere` });
      res.end();
      break;
    case 'huge':
      res.setHeader('content-type', 'application/json');
      res.end(`"${'x'.repeat(2_000_000)}"`);
      break;
    case 'answer':
      write(fault, res);
      break;
    case 'answerAfter':
      execute(() => write(fault, res));
      break;
  }
}

function write(fault: Extract<Fault, { status: number }>, res: ServerResponse): void {
  res.writeHead(fault.status, { 'content-type': fault.type ?? 'application/json' });
  res.end(fault.body);
}

function forward(target: string, req: IncomingMessage, onAnswer: (answer: IncomingMessage) => void): void {
  const onward = request(`${target}${req.url}`, { method: req.method, headers: req.headers }, onAnswer);
  onward.on('error', () => req.socket.destroy());
  req.pipe(onward);
}

/** Sends a request of a caller who has gone: what it said, without its body, which removals have none of. */
async function send(target: string, { url, method = 'GET', headers }: IncomingMessage): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const onward = request(`${target}${url}`, { method, headers }, (answer) => answer.resume().on('end', resolve));
    onward.on('error', reject).end();
  });
}

/** An error as ZITADEL words it over REST (zitadel.md 1.2). */
export function zitadelError(status: number, code: number, text: string, id: string): Fault {
  const detail = { '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id, message: text };
  return { kind: 'answer', status, body: JSON.stringify({ code, message: `${text} (${id})`, details: [detail] }) };
}
