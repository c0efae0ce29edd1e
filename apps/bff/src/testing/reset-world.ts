import { Reset, type ResetChoice, ResetOptions } from '@latchkey/contract/reset';
import { pino } from 'pino';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import { createRemovalLimits } from '../approvals/removal-limits.ts';
import { createAuditLog } from '../audit/audit-log.ts';
import { createMailSender } from '../notices/mail/mail-sender.ts';
import { noticeKeyFile } from '../notices/notice-code.ts';
import type { ResetParts } from '../reset/reset-parts.ts';
import { resetRoutes } from '../reset/reset-routes.ts';
import { createRuns } from '../reset/run/runs.ts';
import { openServerKeys } from '../session/vault/server-keys.ts';
import { createZitadel } from '../zitadel/client.ts';
import { type EmbeddedZitadel, startEmbeddedZitadel } from './embedded-zitadel.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { openTestAudit, type TestAudit } from './open-test-audit.ts';
import { type Answer, type ServedRoutes, type SignedIn, serveRoutes } from './serve-routes.ts';
import { openWorld, type World } from './zitadel-world.ts';

/** The routes of the safe reset in front of an embedded server, with a proxy between the two. */
export interface ResetWorld {
  readonly server: EmbeddedZitadel;
  readonly world: World;
  readonly proxy: FaultProxy;
  readonly kept: TestAudit;
  readonly parts: ResetParts;
  readonly bff: ServedRoutes;
  readonly home: string;
  /** A user manager of `home`, and an owner of it, who may do more. */
  readonly agent: SignedIn;
  readonly owner: SignedIn;
  /** Milliseconds by which the BFF's clock is ahead. */
  advance(milliseconds: number): void;
  /** The routes once more, with parts of their own: as another process has them. */
  serve(parts?: Partial<ResetParts>): Promise<ServedRoutes>;
  /** A session of somebody, begun now. */
  beginSession(userId: string): Promise<string>;
  sessionsOf(userId: string): Promise<string[]>;
  stateOf(userId: string): Promise<string>;
  options(userId: string, as?: SignedIn): Promise<ResetOptions>;
  tryStart(userId: string, choice?: Partial<ResetChoice>, as?: SignedIn, more?: object): Promise<Answer>;
  start(userId: string, choice?: Partial<ResetChoice>, as?: SignedIn): Promise<Reset>;
  act(reset: Reset, act: string, as?: SignedIn, body?: object): Promise<Answer>;
  /** Runs the case and waits until nothing runs any more. */
  run(reset: Reset, as?: SignedIn): Promise<Reset>;
  read(resetId: string, as?: SignedIn): Promise<Reset>;
  settled(resetId: string, as?: SignedIn): Promise<Reset>;
  stop(): Promise<void>;
}

export const everything = {
  remove: [{ kind: 'otpSms' }, { kind: 'otpEmail' }],
  sessions: 'all',
  lock: true,
  keepLocked: false,
  reenrolment: 'passwordReset',
} satisfies ResetChoice;

export const lostPhone = { reason: 'lost phone', ticket: 'HELP-1', caller: { how: 'callBack' } };

/** A case's steps as one line each: what, and how it stands. */
export const stepLines = (reset: Reset): string[] =>
  reset.steps.map(({ deed, state, skipped }) => {
    const what = deed.step === 'removeFactor' ? `remove ${deed.factor.kind}` : deed.step;
    return skipped ? `${what}: skipped, ${skipped.because}` : `${what}: ${state}`;
  });

/** @param config what the operator wants otherwise than usual. */
export async function openResetWorld(config: Partial<ResetParts['config']> = {}): Promise<ResetWorld> {
  const kept = await openTestAudit();
  const server = await startEmbeddedZitadel('none');
  const world = await openWorld(server);
  const proxy = await startFaultProxy(server.origin);
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  const { store } = kept;
  const log = pino({ level: 'silent' });
  const audit = createAuditLog(store, clock, log);
  const makeParts = (): ResetParts => ({
    store,
    clock,
    audit,
    log,
    zitadel: createZitadel({ apiUrl: proxy.origin, apiHost: new URL(server.origin).host, totalTimeoutMs: 3_000 }),
    config: {
      sessions: { idle: 900, absolute: 28_800, stepUp: 300, maximum: 3, refreshIdle: 86_400, refreshAbsolute: 864_000 },
      rateScale: 1_000,
      ticketPattern: undefined,
      recoveryCodesAtSignIn: false,
      removalApi: 'v2',
      ...config,
    },
    notices: {
      store,
      clock,
      log,
      audit,
      keys: openServerKeys(`${kept.data}/bff`, noticeKeyFile),
      publicUrl: 'http://localhost:3000',
      sender: createMailSender(server.smtpUrl, 'Latchkey <latchkey@example.org>'),
      serviceAccount: null,
    },
    removalLimits: createRemovalLimits({ store, clock, log, onAlarm: () => {}, scale: 1_000 }),
    runs: createRuns(),
  });
  const parts = makeParts();
  const bff = await serveRoutes(resetRoutes(parts));
  const home = await world.makeOrganisation();
  const agent = await world.makeCaller('ORG_USER_MANAGER', home);
  const owner = await world.makeCaller('ORG_OWNER', home);
  const asLoginClient = { authorization: `Bearer ${server.loginClientToken}` };

  const read: ResetWorld['read'] = async (resetId, as = agent) =>
    z.parse(Reset, (await bff.call(as, 'GET', `/bff/api/resets/${resetId}`)).body);
  const tryStart: ResetWorld['tryStart'] = (userId, choice = {}, as = agent, more = {}) =>
    bff.call(as, 'POST', `/bff/api/users/${userId}/resets`, {
      ...lostPhone,
      choice: { ...everything, ...choice },
      ...more,
    });
  const settled: ResetWorld['settled'] = async (resetId, as = agent) => {
    await expect.poll(async () => (await read(resetId, as)).state, { timeout: 20_000 }).not.toBe('running');
    return await read(resetId, as);
  };
  const act: ResetWorld['act'] = ({ user, resetId }, name, as = agent, body = {}) =>
    bff.call(as, 'POST', `/bff/api/users/${user.userId}/resets/${resetId}/${name}`, body);
  return {
    server,
    world,
    proxy,
    kept,
    parts,
    bff,
    home,
    agent,
    owner,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    serve: (more = {}) => serveRoutes(resetRoutes({ ...makeParts(), ...more })),
    beginSession: async (userId) =>
      (await world.api('POST', '/v2/sessions', { checks: { user: { userId } } }, asLoginClient)).sessionId,
    sessionsOf: async (userId) => {
      const queries = [{ userIdQuery: { id: userId } }];
      const { sessions = [] } = await world.api('POST', '/v2/sessions/search', { queries });
      return sessions.map(({ id }: { id: string }) => id);
    },
    stateOf: async (userId) => (await world.api('GET', `/v2/users/${userId}`)).user.state,
    options: async (userId, as = agent) =>
      z.parse(ResetOptions, (await bff.call(as, 'GET', `/bff/api/users/${userId}/reset-options`)).body),
    tryStart,
    start: async (userId, choice, as) => {
      const answer = await tryStart(userId, choice, as);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return z.parse(Reset, answer.body);
    },
    act,
    run: async (reset, as = agent) => {
      const answer = await act(reset, 'run', as);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return await settled(reset.resetId, as);
    },
    read,
    settled,
    stop: async () => {
      await parts.runs.stop();
      await bff.close();
      await proxy.close();
      await server.stop();
      await kept.close();
    },
  };
}
