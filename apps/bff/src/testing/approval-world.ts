import { Approval, ApprovalList, type ApprovalSubject } from '@latchkey/contract/approval';
import { pino } from 'pino';
import * as z from 'zod/mini';
import { approvalRoutes } from '../approvals/approval-routes.ts';
import { type ApprovalParts, type CurrentApproval, createApproval } from '../approvals/approval-store.ts';
import { createRemovalLimits, type RemovalLimit, type RemovalLimits } from '../approvals/removal-limits.ts';
import { createZitadel } from '../zitadel/client.ts';
import { type EmbeddedZitadel, startEmbeddedZitadel } from './embedded-zitadel.ts';
import { openTestAudit, type TestAudit } from './open-test-audit.ts';
import { type Answer, type ServedRoutes, type SignedIn, serveRoutes } from './serve-routes.ts';
import { openWorld, type World } from './zitadel-world.ts';

/** The routes of approvals in front of an embedded server, with two owners and an agent of one organisation. */
export interface ApprovalWorld {
  readonly server: EmbeddedZitadel;
  readonly world: World;
  readonly kept: TestAudit;
  /** Two of them, as two processes: they share no memory. */
  readonly bff: readonly [ServedRoutes, ServedRoutes];
  readonly home: string;
  readonly owner: SignedIn;
  readonly other: SignedIn;
  readonly agent: SignedIn;
  /** What was told of decisions. */
  readonly decisions: readonly string[];
  advance(milliseconds: number): void;
  /** A case that waits, as its agent's start leaves it. */
  askReset(by: SignedIn, target: string, organisationId?: string): Promise<CurrentApproval>;
  readonly removalLimits: RemovalLimits;
  /** Lets somebody reach a limit, which may take hours, and ask for its end. */
  askLimit(by: SignedIn, limit?: RemovalLimit): Promise<Approval>;
  approve(as: SignedIn, what: Pick<CurrentApproval, 'approval_id' | 'plan_hash'>, process?: 0 | 1): Promise<Answer>;
  list(as: SignedIn): Promise<ApprovalList>;
  seenBy(as: SignedIn, approvalId: string): Promise<Approval | undefined>;
  stop(): Promise<void>;
}

export const approvalPath = (approvalId = '', decision = '') =>
  `/bff/api/approvals${approvalId && `/${approvalId}/${decision}`}`;

/** `approved`, or what stood against it. */
export const codeOf = (answer: Answer): string => (answer.status === 200 ? 'approved' : answer.problem().code);

export async function openApprovalWorld(): Promise<ApprovalWorld> {
  const kept = await openTestAudit();
  const server = await startEmbeddedZitadel();
  const world = await openWorld(server);
  const decisions: string[] = [];
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  const parts: ApprovalParts = { store: kept.store, clock };
  const log = pino({ level: 'silent' });
  const removalLimits = createRemovalLimits({ ...parts, log, onAlarm: () => {}, scale: 1 });
  const onDecision = (decision: string) => decisions.push(decision);
  const options = { ...kept, clock, zitadel: createZitadel({ apiUrl: server.origin }), removalLimits, onDecision };
  const bff = [await serveRoutes(approvalRoutes(options)), await serveRoutes(approvalRoutes(options))] as const;
  const home = await world.makeOrganisation();
  const [owner, other, agent] = await Promise.all([
    world.makeCaller('IAM_OWNER', home),
    world.makeCaller('IAM_OWNER', home),
    world.makeCaller('ORG_USER_MANAGER', home),
  ]);
  const list = async (as: SignedIn) => z.parse(ApprovalList, (await bff[0].call(as, 'GET', approvalPath())).body);
  return {
    server,
    world,
    kept,
    bff,
    home,
    owner,
    other,
    agent,
    decisions,
    removalLimits,
    list,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    askReset: (by, target, organisationId = home) => askReset(parts, by, target, organisationId),
    askLimit: async (by, limit = 'removals/h') => {
      // As many as fit into an hour, and that as often as it takes.
      for (let removed = 0; !(await removalLimits.isReached(by.userId, limit)); removed += 10) {
        if (removed % 30 === 0 && removed > 0) ahead += 3_600_000;
        await removalLimits.take(by.userId, 10);
      }
      const body = { kind: 'limit', limit, reason: 'phishing wave' };
      return z.parse(Approval, (await bff[0].call(by, 'POST', approvalPath(), body)).body);
    },
    approve: (as, { approval_id, plan_hash }, process = 0) =>
      bff[process].call(as, 'POST', approvalPath(approval_id, 'approve'), { planHash: plan_hash }),
    seenBy: async (as, approvalId) => (await list(as)).approvals.find((shown) => shown.approvalId === approvalId),
    stop: async () => {
      await Promise.all(bff.map((routes) => routes.close()));
      await server.stop();
      await kept.close();
    },
  };
}

async function askReset(parts: ApprovalParts, by: SignedIn, target: string, organisationId: string) {
  const resetId = crypto.randomUUID();
  const subject: ApprovalSubject = {
    kind: 'reset',
    resetId,
    user: { userId: target, name: 'Ada Lovelace', loginName: 'ada' },
    caller: 'callBack',
    deeds: [{ step: 'lockUser' }],
    keptLocked: false,
  };
  return await createApproval(parts, {
    kind: 'reset',
    subjectId: resetId,
    subject,
    userId: target,
    organisationId,
    requestedBy: { userId: by.userId, name: 'Agent' },
    reason: 'lost key',
    ticket: 'T-1',
  });
}
