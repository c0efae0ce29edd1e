import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';

/** More members than this of an instance are not looked through. */
const limit = 200;

/**
 * The ids of people who hold IAM_OWNER, the longest-standing first. Machines are none of them. Needs `iam.member.read`.
 *
 * @param most more than this are left out.
 * @throws ConnectError, UpstreamFault
 */
export async function listInstanceOwners(zitadel: Zitadel, caller: AsCaller, most: number): Promise<string[]> {
  const { result } = await zitadel.admin.listIAMMembers({ query: { limit, asc: true } }, caller);
  // A machine has no email.
  const owners = result.filter(({ roles, email }) => roles.includes('IAM_OWNER') && email !== '');
  return owners.slice(0, most).map(({ userId }) => userId);
}
