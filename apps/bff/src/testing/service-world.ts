import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { createServiceAccount, type ServiceAccount } from '../service-account/service-account.ts';
import { createZitadel, type Zitadel } from '../zitadel/client.ts';
import { type EmbeddedZitadel, startEmbeddedZitadel } from './embedded-zitadel.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { openTestAudit, type TestAudit } from './open-test-audit.ts';
import { openWorld, type World } from './zitadel-world.ts';

/** A ZITADEL, a proxy on the way to it, a database, a service account: what its two acts are tested with. */
export interface ServiceWorld {
  readonly server: EmbeddedZitadel;
  readonly world: World;
  readonly proxy: FaultProxy;
  readonly kept: TestAudit;
  /** By way of the proxy. */
  readonly zitadel: Zitadel;
  readonly serviceAccount: ServiceAccount;
  readonly serviceAccountId: string;
  /** Everything that was logged. */
  readonly logged: string[];
  /** The present, and how far it is ahead. */
  readonly clock: () => number;
  advance(milliseconds: number): void;
  /** What ZITADEL sent to an address or number, newest first. */
  outbox(to: string): Promise<{ code?: string; text: string; at: string }[]>;
  /** Somebody's email and the sessions they have at ZITADEL. */
  emailOf(userId: string): Promise<string>;
  sessionsOf(userId: string): Promise<string[]>;
  stop(): Promise<void>;
}

export async function startServiceWorld(): Promise<ServiceWorld> {
  const server = await startEmbeddedZitadel('none');
  const world = await openWorld(server);
  const proxy = await startFaultProxy(server.origin);
  const kept = await openTestAudit();
  const servicePatFile = join(kept.data, 'service.pat');
  writeFileSync(servicePatFile, `${server.loginClientToken}\n`);
  chmodSync(servicePatFile, 0o600);
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const zitadel = createZitadel({ apiUrl: proxy.origin, apiHost: new URL(server.origin).host, totalTimeoutMs: 3_000 });
  const serviceAccount = createServiceAccount({ servicePatFile }, zitadel, log);
  if (!serviceAccount) throw new Error('there is a token, so there is a service account');
  const { userId: serviceAccountId } = await serviceAccount.actor({ requestId: 'start', address: null });
  let ahead = 0;
  return {
    server,
    world,
    proxy,
    kept,
    zitadel,
    serviceAccount,
    serviceAccountId,
    logged,
    clock: () => Date.now() + ahead,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    outbox: async (to) => {
      const answer = await fetch(`${server.origin}/outbox.json?${new URLSearchParams({ to })}`);
      return (await answer.json()) as { code?: string; text: string; at: string }[];
    },
    emailOf: async (userId) => (await world.api('GET', `/v2/users/${userId}`)).user.human.email.email,
    sessionsOf: async (userId) => {
      const queries = [{ userIdQuery: { id: userId } }];
      const { sessions = [] } = await world.api('POST', '/v2/sessions/search', { queries });
      return sessions.map(({ id }: { id: string }) => id);
    },
    stop: async () => {
      await proxy.close();
      await server.stop();
      await kept.close();
    },
  };
}
