import { Code, ConnectError } from '@connectrpc/connect';
import { TextQueryMethod } from '@zitadel/proto/zitadel/object_pb.js';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { readUntil } from '../read/read-until.ts';

/** Whether a project is still there, in the caller's organisation. @throws ConnectError */
export async function hasProject({ management }: Zitadel, caller: AsCaller, id: string): Promise<boolean> {
  try {
    await management.getProjectByID({ id }, caller);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** @returns the id of the project of this name in the caller's organisation, if there is one. @throws ConnectError */
export async function findProject(
  { management }: Zitadel,
  caller: AsCaller,
  name: string,
): Promise<string | undefined> {
  const nameQuery = { name, method: TextQueryMethod.EQUALS };
  const { result } = await management.listProjects(
    { queries: [{ query: { case: 'nameQuery', value: nameQuery } }] },
    caller,
  );
  return result[0]?.id;
}

/**
 * Makes a project. Of one that exists after all, because the read side had not heard of it yet, it gives the id.
 *
 * @throws ConnectError
 */
export async function addProject(zitadel: Zitadel, caller: AsCaller, name: string): Promise<string> {
  try {
    return (await zitadel.management.addProject({ name }, caller)).id;
  } catch (error) {
    const id = isTaken(error) ? await readUntil(() => findProject(zitadel, caller, name), Boolean) : undefined;
    if (id) return id;
    throw error;
  }
}

/** Removes a project, with all that is in it. @returns false when it was gone already. @throws ConnectError */
export async function removeProject({ management }: Zitadel, caller: AsCaller, id: string): Promise<boolean> {
  try {
    await management.removeProject({ id }, caller);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** ZITADEL says "not found" of a membership to somebody without any role: that is a refusal (zitadel.md 1.3). */
export function isNotFound(error: unknown): boolean {
  return error instanceof ConnectError && error.code === Code.NotFound && !isWithoutRole(error);
}

export const isWithoutRole = (error: ConnectError): boolean => error.rawMessage.includes('membership not found');

export const isTaken = (error: unknown): boolean => error instanceof ConnectError && error.code === Code.AlreadyExists;
