import { createHash } from 'node:crypto';
import type { CallerCheck } from '@latchkey/contract/reset';
import type { PlannedStep } from './plan-steps.ts';

/** What a plan is, as far as somebody approves it. */
export interface HashedPlan {
  readonly userId: string;
  readonly caller: CallerCheck['how'];
  readonly keptLocked: boolean;
  readonly steps: readonly PlannedStep[];
}

/** SHA-256 over what will run, base64url: whom it is about, how the caller was verified, each deed in its order. */
export function hashPlan({ userId, caller, keptLocked, steps }: HashedPlan): string {
  const deeds = steps.filter(({ skipped }) => skipped === null).map(({ deed }) => deed);
  return createHash('sha256').update(JSON.stringify({ userId, caller, keptLocked, deeds })).digest('base64url');
}
