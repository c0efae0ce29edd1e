import { Code, ConnectError } from '@connectrpc/connect';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { readOwnPermissions } from '../read/read-roles.ts';

/** Whose token this is, for a person to recognise. @throws ConnectError, Unauthenticated for a token that is none. */
export async function readTokenOwner({ auth }: Zitadel, caller: AsCaller): Promise<string> {
  const { user } = await auth.getMyUser({}, caller);
  return user?.preferredLoginName || user?.userName || user?.id || 'somebody';
}

/** What of `needed` the owner of the token may not do in their own organisation. @throws ConnectError */
export async function findMissingPermissions(
  zitadel: Zitadel,
  caller: AsCaller,
  needed: readonly string[],
): Promise<string[]> {
  const held = await readOwnPermissions(zitadel, caller).catch((error: unknown) => {
    // Somebody without any role has no list of permissions either.
    const none = error instanceof ConnectError && [Code.NotFound, Code.PermissionDenied].includes(error.code);
    if (none) return new Set<string>();
    throw error;
  });
  return needed.filter((permission) => !held.has(permission));
}
