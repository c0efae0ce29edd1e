import type { FactorChange } from './factor-changes.ts';
import { type SecondFactorType, secondFactorTypes } from './login-policy.ts';

/** How many people have a type, how many of them nothing else, how many of them are admins. */
export type Tally = { readonly holders: number; readonly onlyThis: number; readonly admins: number };

/**
 * Who has which factors, folded from ZITADEL's events, newest first: of each factor and each role the newest event
 * decides, and the older ones are passed over. So whoever has been found to have something has it, however far the
 * reading gets, and an event that comes twice changes nothing.
 *
 * A million people have to fit into a page: a person is an index and two bytes.
 */
export type Holdings = {
  /** @param changes in the order in which ZITADEL lists them, newest first */
  readonly add: (changes: readonly FactorChange[]) => void;
  readonly tally: (type: SecondFactorType) => Tally;
};

const bits = { totp: 1, otpSms: 2, otpEmail: 4, recoveryCodes: 8, u2f: 16, passkey: 32 } as const;
const adminBit = 64;
const kindBits = adminBit - 1;

/** Nothing read yet. */
export function createHoldings(): Holdings {
  const people = createPeople();
  /** Keys and roles that an event has decided, and things that are gone with all that lay in them. No key's id is another's. */
  const decided = new Set<string>();
  const gone = new Set<string>();

  const isFirst = (name: string): boolean => {
    if (decided.has(name)) return false;
    decided.add(name);
    return true;
  };

  const takeFactor = (change: Extract<FactorChange, { did: 'add' | 'remove' }>) => {
    const { did, user, kind, key } = change;
    const isNews = key === undefined ? people.decide(user, bits[kind]) : isFirst(`${kind} ${key}`);
    if (isNews && did === 'add' && !gone.has(change.in) && !gone.has(`u${user}`)) people.give(user, bits[kind]);
  };

  const take = (change: FactorChange) => {
    switch (change.did) {
      case 'add':
      case 'remove':
        return takeFactor(change);
      case 'join':
      case 'leave':
        if (!isFirst(`${change.user} in ${change.in.at(-1) ?? ''}`)) return;
        if (change.did === 'join' && !change.in.some((name) => gone.has(name))) people.give(change.user, adminBit);
        return;
      case 'end':
        gone.add(change.id);
    }
  };

  return { add: (changes) => changes.forEach(take), tally: (type) => people.tally(type) };
}

/** A byte for what each person has and one for what is decided of them, in arrays that grow by doubling. */
function createPeople() {
  const indices = new Map<string, number>();
  let held = new Uint8Array(1_024);
  let settled = new Uint8Array(1_024);

  const indexOf = (user: string): number => {
    const known = indices.get(user);
    if (known !== undefined) return known;
    const index = indices.size;
    indices.set(user, index);
    if (index === held.length) {
      held = grow(held);
      settled = grow(settled);
    }
    return index;
  };
  return {
    /** Whether nothing was decided of this before; it is from now on. */
    decide(user: string, bit: number): boolean {
      const index = indexOf(user);
      const before = settled[index] ?? 0;
      settled[index] = before | bit;
      return (before & bit) === 0;
    },
    give(user: string, bit: number): void {
      const index = indexOf(user);
      held[index] = (held[index] ?? 0) | bit;
    },
    tally(type: SecondFactorType): Tally {
      const bit = bits[type];
      const sum = { holders: 0, onlyThis: 0, admins: 0 };
      for (const mask of held.subarray(0, indices.size)) {
        if ((mask & bit) === 0) continue;
        sum.holders += 1;
        if ((mask & kindBits) === bit) sum.onlyThis += 1;
        if ((mask & adminBit) !== 0) sum.admins += 1;
      }
      return sum;
    },
  };
}

function grow(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(bytes.length * 2);
  more.set(bytes);
  return more;
}

/** The tallies of all types. */
export function tallyAll(holdings: Holdings): ReadonlyMap<SecondFactorType, Tally> {
  return new Map(secondFactorTypes.map((type) => [type, holdings.tally(type)]));
}
