import { type Arbitrary, array, assert, boolean, constantFrom, integer, oneof, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactorChange } from './factor-changes.ts';
import { createHoldings, tallyAll } from './holdings.ts';
import { secondFactorTypes } from './login-policy.ts';

/** What the changes come to, given in the order in which they happened. */
function countOf(...happened: FactorChange[]) {
  const holdings = createHoldings();
  holdings.add(happened.toReversed());
  return holdings;
}

const add = (user: string, kind: FactorKind, key?: string): FactorChange => ({
  ...{ did: 'add', user, kind, in: `o${user.length}` },
  ...(key !== undefined && { key }),
});
const remove = (user: string, kind: FactorKind, key?: string): FactorChange => ({
  ...{ did: 'remove', user, kind },
  ...(key !== undefined && { key }),
});
type FactorKind = Extract<FactorChange, { did: 'add' }>['kind'];

describe('who has what', () => {
  it('is decided by the newest event of each factor', () => {
    const holdings = countOf(
      add('a', 'totp'),
      remove('a', 'totp'),
      add('b', 'totp'),
      remove('b', 'totp'),
      add('b', 'totp'),
    );
    expect(holdings.tally('totp')).toEqual({ holders: 1, onlyThis: 1, admins: 0 });
  });

  it('tells keys apart by their ids', () => {
    const holdings = countOf(
      add('a', 'u2f', '1'),
      add('a', 'u2f', '2'),
      remove('a', 'u2f', '1'),
      remove('a', 'u2f', '3'),
    );
    expect(holdings.tally('u2f').holders).toBe(1);
    holdings.add([]);
    expect(countOf(add('a', 'u2f', '1'), remove('a', 'u2f', '1')).tally('u2f').holders).toBe(0);
    // ZITADEL takes a passkey's id for a security key's; the passkey stays.
    expect(countOf(add('a', 'totp'), add('a', 'passkey', '1'), remove('a', 'u2f', '1')).tally('totp').onlyThis).toBe(0);
  });

  it('counts a passkey as something else to sign in with', () => {
    const holdings = countOf(add('a', 'otpSms'), add('a', 'passkey', '1'), add('b', 'otpSms'));
    expect(holdings.tally('otpSms')).toEqual({ holders: 2, onlyThis: 1, admins: 0 });
  });

  it('forgets people and organisations that were deleted', () => {
    const holdings = countOf(
      add('a', 'totp'),
      add('bb', 'totp'),
      add('c', 'totp'),
      { did: 'end', id: 'ua' },
      { did: 'end', id: 'o2' },
    );
    expect(holdings.tally('totp').holders).toBe(1);
  });

  it('finds the admins among them, as long as a role is left', () => {
    const holdings = countOf(
      ...['a', 'b', 'c', 'd'].map((user) => add(user, 'totp')),
      { did: 'join', user: 'a', in: [] },
      { did: 'join', user: 'b', in: ['o9'] },
      { did: 'join', user: 'b', in: [] },
      { did: 'leave', user: 'b', in: ['o9'] },
      { did: 'join', user: 'c', in: ['o9', 'p9'] },
      { did: 'join', user: 'd', in: ['o9'] },
      { did: 'end', id: 'p9' },
      { did: 'leave', user: 'd', in: ['o9'] },
      { did: 'join', user: 'nobody with a factor', in: [] },
    );
    expect(holdings.tally('totp')).toEqual({ holders: 4, onlyThis: 4, admins: 2 });
  });

  it('holds more people than fit at first', () => {
    const holdings = countOf(...Array.from({ length: 5_000 }, (_, index) => add(`person ${index}`, 'totp')));
    expect(holdings.tally('totp').holders).toBe(5_000);
  });
});

/** The same count, made the other way: from the first event to the last, of plain sets. */
function playForward(happened: readonly FactorChange[]) {
  const factors = new Map<string, { readonly user: string; readonly kind: FactorKind; readonly home: string }>();
  const roles = new Map<string, { readonly user: string; readonly places: readonly string[] }>();
  for (const change of happened) {
    switch (change.did) {
      case 'add':
        factors.set(`${change.user} ${change.kind} ${change.key}`, { ...change, home: change.in });
        break;
      case 'remove':
        factors.delete(`${change.user} ${change.kind} ${change.key}`);
        break;
      case 'join':
        roles.set(`${change.user} ${change.in.at(-1)}`, { user: change.user, places: change.in });
        break;
      case 'leave':
        roles.delete(`${change.user} ${change.in.at(-1)}`);
        break;
      case 'end':
        for (const [name, { user, home }] of factors) if ([`u${user}`, home].includes(change.id)) factors.delete(name);
        for (const [name, { places }] of roles) if (places.includes(change.id)) roles.delete(name);
    }
  }
  const admins = new Set([...roles.values()].map(({ user }) => user));
  const held = [...factors.values()];
  const kindsOf = new Map(held.map(({ user }) => [user, held.filter((factor) => factor.user === user)]));
  return (type: FactorKind) => {
    const holders = [...kindsOf].filter(([, held]) => held.some(({ kind }) => kind === type));
    return {
      holders: holders.length,
      onlyThis: holders.filter(([, held]) => held.every(({ kind }) => kind === type)).length,
      admins: holders.filter(([user]) => admins.has(user)).length,
    };
  };
}

const person = constantFrom('a', 'b', 'cc', 'dd');
const did = boolean().map((isAddition) => (isAddition ? add : remove));
const singles = record({ did, user: person, kind: constantFrom('totp', 'otpSms', 'otpEmail', 'recoveryCodes') });
const keys = record({ did, user: person, kind: constantFrom('u2f', 'passkey'), key: constantFrom('1', '2') });
const roles = record({
  did: constantFrom('join', 'leave'),
  user: person,
  in: constantFrom<string[]>([], ['o1'], ['o1', 'p1'], ['o2', 'p2', 'g1']),
});
const changes: Arbitrary<FactorChange> = oneof(
  singles.map(({ did, user, kind }) => did(user, kind)),
  keys.map(({ did, user, kind, key }) => did(user, kind, user + key)),
  roles.map((change): FactorChange => change),
);
/** Ids are never given twice: what ended stays so. */
const ends = constantFrom('ua', 'o2', 'p1', 'g1');

function endedFor(change: FactorChange, id: string): boolean {
  if (change.did === 'end') return false;
  return `u${change.user}` === id || ('in' in change && [change.in].flat().includes(id));
}

describe('folding pages', () => {
  it('comes to what happened, wherever the pages are cut and however far they overlap', () => {
    const stories = record({
      before: array(changes, { maxLength: 40 }),
      end: ends,
      after: array(changes, { maxLength: 20 }),
    });
    assert(
      property(
        stories,
        integer({ min: 1, max: 9 }),
        integer({ min: 0, max: 5 }),
        ({ before, end, after }, size, overlap) => {
          const later = after.filter((change) => !endedFor(change, end));
          const happened: FactorChange[] = [...before, { did: 'end', id: end }, ...later];
          const listed = happened.toReversed();
          const holdings = createHoldings();
          for (let at = 0; at < listed.length; at += size)
            holdings.add(listed.slice(Math.max(0, at - overlap), at + size));
          const expected = playForward(happened);
          for (const [type, tally] of tallyAll(holdings)) expect([type, tally]).toEqual([type, expected(type)]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never takes back whom it has found', () => {
    assert(
      property(array(changes, { maxLength: 40 }), (happened) => {
        const holdings = createHoldings();
        const found = new Map(secondFactorTypes.map((type) => [type, 0]));
        for (const change of happened.toReversed()) {
          holdings.add([change]);
          for (const [type, { holders }] of tallyAll(holdings)) {
            expect(holders).toBeGreaterThanOrEqual(found.get(type) ?? 0);
            found.set(type, holders);
          }
        }
      }),
    );
  });
});
