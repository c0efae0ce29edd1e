import {
  addApplication,
  correctApplication,
  findApplication,
  isBackChannelRefused,
  type WantedApplication,
  type WebApplication,
} from '../zitadel/applications/web-applications.ts';
import { ConnectFault } from './connect-fault.ts';
import { applicationName, type ConnectWork, wantedApplication } from './connect-work.ts';

export interface ConnectedApplication {
  readonly id: string;
  readonly clientId: string;
}

/**
 * The application, made or put right if need be, with the back-channel address only where ZITADEL takes it.
 *
 * @returns undefined when a dry run would make it.
 * @throws ConnectFault when somebody else's application of this name is not as Latchkey needs it; ConnectError, UpstreamFault
 */
export async function ensureApplication(
  work: ConnectWork,
  projectId: string,
  publicUrl: string,
): Promise<ConnectedApplication | undefined> {
  const { zitadel, caller, record, dryRun, say } = work;
  const name = applicationName(publicUrl);
  const what = `application "${name}"`;
  const place = { projectId, name };
  const wanted = wantedApplication(publicUrl, !record.current?.backChannelRefused);
  const found = await findApplication(zitadel, caller, place, wanted);
  if (found) {
    const known = record.current?.application;
    const ours = known?.state === 'asked' || (known?.state === 'made' && known.id === found.id);
    if (!ours) refuseForeign(found, what);
    record.write({ application: { state: ours ? 'made' : 'found', id: found.id } });
    if (found.differences.length > 0) await putRight(work, projectId, publicUrl, found, what);
    else say('there', `${what} (client ${found.clientId})`);
    return found;
  }
  if (dryRun) {
    say(
      'would make',
      `${what}: code and refresh grant, private_key_jwt, ${wanted.redirectUri}, ${wanted.postLogoutUri}`,
    );
    return undefined;
  }
  record.write({ application: { state: 'asked' }, key: undefined });
  const made = await orWithoutBackChannel(work, publicUrl, wanted, (wish) =>
    addApplication(zitadel, caller, place, wish),
  );
  record.write({ application: { state: 'made', id: made.id } });
  say('made', `${what} (client ${made.clientId}): code and refresh grant, private_key_jwt, ${wanted.redirectUri}`);
  return made;
}

/** An application that we did not make is taken as it is or not at all. */
function refuseForeign({ differences }: WebApplication, what: string): void {
  if (differences.every((difference) => difference === 'back-channel logout address')) return;
  throw new ConnectFault(
    `ZITADEL has an ${what} that was not made from this data folder, and it is set up otherwise: ${differences.join(', ')}. ` +
      'Remove or rename it there, or connect from the data folder that made it.',
  );
}

async function putRight(
  work: ConnectWork,
  projectId: string,
  publicUrl: string,
  found: WebApplication,
  what: string,
): Promise<void> {
  const { zitadel, caller, record, dryRun, say } = work;
  const foreign = record.current?.application?.state === 'found';
  if (foreign) {
    say(
      'there',
      `${what} (client ${found.clientId}), made by somebody else; its back-channel logout address stays as it is`,
    );
    return;
  }
  if (dryRun) {
    say('would change', `${what}: ${found.differences.join(', ')}`);
    return;
  }
  const wanted = wantedApplication(publicUrl, !record.current?.backChannelRefused);
  const others = found.differences.filter((difference) => difference !== 'back-channel logout address');
  await orWithoutBackChannel(work, publicUrl, wanted, async (wish) => {
    // Without the back-channel address there may be nothing left to change, which ZITADEL would refuse.
    if (wish.backChannelUri === undefined && others.length === 0 && found.config.backChannelLogoutUri === '') return;
    await correctApplication(zitadel, caller, projectId, found, wish);
  });
  say('changed', `${what}: ${found.differences.join(', ')}`);
}

/** Tries with the back-channel address, and once more without when ZITADEL refuses that. */
async function orWithoutBackChannel<Value>(
  { record, say }: ConnectWork,
  publicUrl: string,
  wanted: WantedApplication,
  attempt: (wish: WantedApplication) => Promise<Value>,
): Promise<Value> {
  try {
    return await attempt(wanted);
  } catch (error) {
    if (!isBackChannelRefused(error)) throw error;
    record.write({ backChannelRefused: true });
    say(
      'could not',
      `set the back-channel logout address ${wanted.backChannelUri}: ZITADEL refuses names that resolve to loopback or ` +
        'private addresses. Latchkey is right without it; see docs/connect.md.',
    );
    return await attempt(wantedApplication(publicUrl, false));
  }
}
