import type { FactorKind } from '@latchkey/contract/factor';
import type { SecondFactorType } from '@latchkey/contract/login-policy';
import {
  type PolicyReach,
  type RelianceSlice,
  relianceSliceSize,
  type SliceSearch,
} from '@latchkey/contract/policy-reach';
import type { Actor } from '../guard/actor.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { needFor } from '../zitadel/permission.ts';
import { inParallel } from '../zitadel/read/in-parallel.ts';
import { searchOrganisations } from '../zitadel/read/organisations.ts';
import { readHeldKinds } from '../zitadel/read/read-held-kinds.ts';
import { inheritsLoginPolicy } from '../zitadel/read/read-login-policy.ts';
import { readRolesInOrganisation } from '../zitadel/read/read-roles.ts';
import { searchUsers } from '../zitadel/read/search-users.ts';
import { toProblem } from '../zitadel/to-problem.ts';

/** How many calls to ZITADEL run at once for one slice or page: a count must not get in the way of people's sign-ins. */
const atOnce = 5;
const organisationsPerPage = 20;

/**
 * Counts, among the next twenty people, who relies on a second factor type: person by person, because ZITADEL has no
 * such count.
 *
 * @throws Problem
 */
export async function countReliance(
  { zitadel }: { readonly zitadel: Zitadel },
  actor: Actor,
  type: SecondFactorType,
  { offset }: SliceSearch,
): Promise<RelianceSlice> {
  try {
    const page = { search: '', kind: 'human', sort: 'createdAt', direction: 'asc' } as const;
    const people = await searchUsers(zitadel, actor.caller, { ...page, offset, limit: relianceSliceSize });
    const reliances = await inParallel(people.records, atOnce, async (user) => {
      const kinds = await readHeldKinds(zitadel, actor.caller, user);
      if (!kinds.has(type)) return undefined;
      const roles = await readRolesInOrganisation(zitadel, actor.caller, user);
      return { onlyThis: isOnly(kinds, type), isAdmin: (roles?.length ?? 0) > 0 };
    });
    const holders = reliances.filter((reliance) => reliance !== undefined);
    // Counted by ZITADEL's rows, not ours: one that cannot be shown is left out of `records` but was there.
    const counted = Math.min(relianceSliceSize, Math.max(0, people.total - offset));
    return {
      counted,
      total: people.total,
      holders: holders.length,
      onlyThis: holders.filter(({ onlyThis }) => onlyThis).length,
      admins: holders.filter(({ isAdmin }) => isAdmin).length,
      next: offset + counted < people.total ? offset + counted : null,
      at: new Date().toISOString(),
    };
  } catch (error) {
    throw toProblem(error, needFor('user.read'));
  }
}

/** A passkey signs in by itself, so whoever has one does not rely on anything else. */
function isOnly(kinds: ReadonlySet<FactorKind>, type: SecondFactorType): boolean {
  return [...kinds].every((kind) => kind === type);
}

/** Which organisations the instance's policy holds in. @throws Problem */
export async function getPolicyReach(
  { zitadel }: { readonly zitadel: Zitadel },
  actor: Actor,
  { offset }: SliceSearch,
): Promise<PolicyReach> {
  try {
    const page = { offset, limit: organisationsPerPage };
    const found = await searchOrganisations(zitadel, actor.caller, '', page);
    const organisations = await inParallel(found, atOnce, async (organisation) => ({
      ...organisation,
      inherits: await inheritsLoginPolicy(zitadel, actor.caller, organisation.organisationId),
    }));
    return { organisations, next: found.length === organisationsPerPage ? offset + organisationsPerPage : null };
  } catch (error) {
    throw toProblem(error, needFor('iam.policy.read'));
  }
}
