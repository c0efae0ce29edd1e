import type { Standing } from '../../guard/standing.ts';

/** Why a second person has to approve a case: whoever holds an admin role is reset by two (product.md, rule 3). */
export function needsApproval({ roles }: Pick<Standing, 'roles'>): 'admin' | null {
  return roles !== null && roles.length === 0 ? null : 'admin';
}
