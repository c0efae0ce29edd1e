import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Problem as ProblemDocument } from '@latchkey/contract/problem';
import express, { type Router } from 'express';
import { pino } from 'pino';
import * as z from 'zod/mini';
import { errorHandler, noSuchRoute } from '../http/error-handler.ts';
import { jsonBody, requireJson } from '../http/json-body.ts';
import { requestId } from '../http/request-id.ts';
import { setCurrentSession } from '../session/current-session.ts';

/** Who is signed in, for routes that are tested without the sign-in before them. */
export interface SignedIn {
  readonly userId: string;
  readonly token: string;
  /** How they signed in; by password where it is not told. */
  readonly amr?: readonly string[];
}

export interface ServedRoutes {
  readonly origin: string;
  /** Calls a route as somebody, with a JSON body if there is one. */
  call(as: SignedIn, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The body as a problem. @throws when it is none. */
  problem(): z.infer<typeof ProblemDocument>;
}

const asHeader = 'x-test-as';

/** Serves routers over HTTP behind the BFF's own steps, with a session that is simply said to be there. */
export async function serveRoutes(...routers: Router[]): Promise<ServedRoutes> {
  const app = express();
  app.set('query parser', 'simple');
  app.use(requestId, requireJson, jsonBody, (req, res, next) => {
    const { userId, token, amr = ['pwd'] }: SignedIn = JSON.parse(req.get(asHeader) ?? '{}');
    setCurrentSession(res, {
      idHash: 'test',
      subject: userId,
      csrf: 'test',
      authTime: Math.floor(Date.now() / 1000),
      amr,
      intent: null,
      accessTokens: { current: () => Promise.resolve(token), replace: () => Promise.resolve(token) },
    });
    next();
  });
  app.use(routers);
  app.use(noSuchRoute);
  app.use(errorHandler(pino({ level: 'silent' })));
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    call: async (as, method, path, body, headers) => {
      const answer = await fetch(origin + path, {
        method,
        headers: { 'content-type': 'application/json', [asHeader]: JSON.stringify(as), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const json: unknown = await answer.json();
      return { status: answer.status, body: json, problem: () => z.parse(ProblemDocument, json) };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
