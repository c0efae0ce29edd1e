import { FactorRef } from '@latchkey/contract/factor';
import { Reenrolment } from '@latchkey/contract/reset';
import * as z from 'zod/mini';

/** What a mail says, without its words: kept until it is sent, in no language. Times are epoch milliseconds. */
export const UserFacts = z.object({
  name: z.string(),
  removed: z.array(z.object({ factor: FactorRef, name: z.optional(z.string()) })),
  sessionsEnded: z.int(),
  keptLocked: z.boolean(),
  reenrolment: Reenrolment,
  agent: z.object({ userId: z.string(), name: z.string(), email: z.nullable(z.string()) }),
  at: z.int(),
});
export type UserFacts = z.infer<typeof UserFacts>;

/** To the agent and the owners: somebody pressed "this was not me". */
export const DisputeFacts = z.object({
  name: z.string(),
  agentName: z.string(),
  /** When it was pressed. */
  at: z.int(),
  locked: z.boolean(),
});
export type DisputeFacts = z.infer<typeof DisputeFacts>;
