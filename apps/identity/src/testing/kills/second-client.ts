import { systemContext } from '../../commands/context.ts';
import { readInstance } from '../../commands/set-up-instance.ts';
import { addMachineUser } from '../../commands/users/add-machine-user.ts';
import type { Store } from '../../store/open-store.ts';
import { addPerson } from '../person.ts';
import { setPolicy } from '../policy.ts';
import { addRelyingParty, addTestProject } from '../relying-party.ts';
import { type Change, isThere, MAKERS, type Place } from './changes.ts';
import { refresh, type SignIn, signInTimes, trySignIn } from './sign-ins.ts';

/** A client that changes everything but factors, and remembers what it was told was done. */
export interface SecondClient {
  /** Looks for what was acknowledged since the last time, and signs in where no sign-in is known to live. */
  comeBack(origin: string): Promise<void>;
  /** Makes changes in turn until the server is gone. `onRound`: after one of each kind was acknowledged. */
  changeUntilGone(onRound: () => void): Promise<void>;
  /** Looks for everything that was ever acknowledged. */
  lookAtAll(): Promise<void>;
  /** How many were acknowledged, by kind. */
  readonly acknowledged: Readonly<Record<Change['kind'] | 'refresh', number>>;
  /** What was acknowledged and is not there; without its secrets. */
  readonly lost: ReadonlySet<string>;
}

const SIGN_INS = 3;

/** Makes what the client needs, in a store that no server has open. */
export async function prepareSecondClient(
  store: Store,
  tokens: Pick<Place, 'owner' | 'loginClient'>,
): Promise<SecondClient> {
  const address = { store, origin: '' };
  await setPolicy(address);
  const person = await addPerson(address);
  const application = await addRelyingParty(address, await addTestProject(address), 'basic');
  const { organisationId } = await readInstance(store);
  const machine = { organisationId, username: 'second-client', name: 'Second client' };
  const { userId: machineId } = await addMachineUser(systemContext(store), machine);

  const acknowledged = { user: 0, policy: 0, session: 0, accessToken: 0, refresh: 0 };
  const lost = new Set<string>();
  const all: Change[] = [];
  let recent: Change[] = [];
  let signIns: SignIn[] = [];
  let round = 0;
  const place = (): Place => ({ ...tokens, origin: address.origin, personId: person.userId, machineId });

  async function look(changes: readonly Change[]): Promise<void> {
    for (const change of changes) if (!(await isThere(place(), change))) lost.add(nameOf(change));
  }

  async function trySignIns(): Promise<void> {
    const kept: SignIn[] = [];
    for (const signIn of signIns) {
      const outcome = await trySignIn(application, signIn);
      if (outcome === 'kept') kept.push(signIn);
      if (outcome === 'lost') lost.add(`sign-in of round ${round}`);
    }
    signIns = [...kept, ...(await signInTimes(address.origin, application, person, SIGN_INS - kept.length))];
  }

  /** @returns false when the server is gone. */
  async function makeRound(): Promise<boolean> {
    round += 1;
    for (const make of MAKERS) {
      const change = await make(place(), round);
      if (!change) return false;
      acknowledged[change.kind] += 1;
      recent.push(change);
    }
    for (const signIn of signIns) {
      if (!(await refresh(application, signIn))) return false;
      acknowledged.refresh += 1;
    }
    return true;
  }

  return {
    acknowledged,
    lost,
    async comeBack(origin) {
      address.origin = origin;
      await look(recent);
      all.push(...recent);
      recent = [];
      await trySignIns();
    },
    async changeUntilGone(onRound) {
      while (await makeRound()) onRound();
    },
    lookAtAll: () => look(all),
  };
}

function nameOf(change: Change): string {
  switch (change.kind) {
    case 'user':
      return `user ${change.userId}`;
    case 'policy':
      return `policy with ${change.lifetime} s`;
    case 'session':
      return `session ${change.sessionId}`;
    case 'accessToken':
      return `access token ${change.tokenId}`;
  }
}
