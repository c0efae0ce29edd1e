import type { Allowance } from '@latchkey/contract/allowance';
import { t } from '@lingui/core/macro';
import { explainProblem, whatToAskFor } from './explain-problem.ts';

type Refusal = Extract<Allowance, { allowed: false }>;

/** Why a thing is not offered to the viewer, in a sentence or two; null when it is. */
export function explainAllowance(allowance: Allowance): string | null {
  return allowance.allowed ? null : explainRefusal(allowance);
}

function explainRefusal({ because, permission, role }: Refusal): string {
  if (because === 'permission')
    return `${t`Your role can see this but not change it.`} ${whatToAskFor(permission, role)}`;
  const { happened, todo } = explainProblem({ code: problemOf(because) });
  return `${happened} ${todo}`;
}

function problemOf(because: Exclude<Refusal['because'], 'permission'>) {
  switch (because) {
    case 'self':
      return 'self_refused';
    case 'rank':
      return 'rank_refused';
  }
}

/** A refusal that stands on the page already, for buttons elsewhere on it to point to. */
export type StatedRefusal = { readonly id: string; readonly words: string };
