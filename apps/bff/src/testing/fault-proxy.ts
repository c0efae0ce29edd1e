import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What goes wrong with one request on its way to ZITADEL. `…After`: ZITADEL executes it and the answer is lost; without
 * that, ZITADEL never sees it.
 */
export type Fault =
  | { readonly kind: 'hang' | 'hangAfter' | 'reset' | 'resetAfter' | 'redirect' | 'huge' }
  | { readonly kind: 'answer' | 'answerAfter'; readonly status: number; readonly type?: string; readonly body: string };

/** A proxy before a real server that lets chosen requests fail. */
export interface FaultProxy {
  readonly origin: string;
  /** What came through, as `METHOD /path`, oldest first. */
  readonly seen: string[];
  /** Lets the next `times` requests that match fail, once `after` of them passed. */
  fail(pattern: RegExp, fault: Fault, options?: { readonly times?: number; readonly after?: number }): void;
  /** Forgets planned faults and what was seen. */
  calm(): void;
  close(): Promise<void>;
}

/** @param target an http origin. Its clients' Host header is kept, so that the instance is found. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const plans: Plan[] = [];
  const seen: string[] = [];
  const server = createServer((req, res) => {
    const line = `${req.method} ${req.url}`;
    seen.push(line);
    apply(takeFault(plans, line), target, req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    fail: (pattern, fault, { times = 1, after = 0 } = {}) => void plans.push({ pattern, fault, times, after }),
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

function apply(fault: Fault | undefined, target: string, req: IncomingMessage, res: ServerResponse): void {
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

/** An error as ZITADEL words it over REST (zitadel.md 1.2). */
export function zitadelError(status: number, code: number, text: string, id: string): Fault {
  const detail = { '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id, message: text };
  return { kind: 'answer', status, body: JSON.stringify({ code, message: `${text} (${id})`, details: [detail] }) };
}
