import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { append } from '../commands/context.ts';
import { addHumanUser } from '../commands/users/add-human-user.ts';
import { changeUserState } from '../commands/users/change-user-state.ts';
import { removeUser } from '../commands/users/remove-user.ts';
import { userEvent } from '../domain/events.ts';
import { openTestInstance, type TestInstance } from '../testing/test-instance.ts';
import { rebuildTables } from './rebuild.ts';
import type { UserTable } from './tables.ts';
import { countOneByOne } from './user-index/count-one-by-one.ts';
import { SEARCHED } from './user-index/grams.ts';
import type { UserCondition } from './user-index/user-condition.ts';
import { ORDER_INDEX } from './user-index/user-search-schema.ts';
import { searchUsers, type UserOrder, type UserSearch } from './user-search.ts';

const GIVEN = ['Özgür', 'ANNA', 'anna', 'Élodie', '美咲', 'Zoë', 'Jürgen', 'Ian*', 'O[x]', 'ΝΊΚΟΣ', '100%', 'a_b'];
const FAMILY = ['Yılmaz', 'O’Connor', 'de la Cruz', '渡辺', 'Straße', "N'Diaye", 'Ωmega', 'Å'];

let instance: TestInstance;
let rows: readonly UserTable[];

beforeAll(async () => {
  instance = await openTestInstance();
  const { system, store } = instance;
  const made: { id: string; organisationId: string }[] = [];
  for (const [index, givenName] of [...GIVEN, ...GIVEN, ...GIVEN, ...GIVEN].entries()) {
    const organisationId = index % 3 === 0 ? instance.organisationB : instance.organisationA;
    const familyName = FAMILY[(index * 5) % FAMILY.length] ?? '';
    const email = `P${index}.${familyName}@Example.org`;
    const { userId } = await addHumanUser(system, {
      organisationId,
      givenName,
      familyName,
      email,
      emailVerified: index % 4 !== 0,
      phone: `+41791${String(index * 77_777).padStart(6, '0')}`,
    });
    made.push({ id: userId, organisationId });
  }
  const [renamed, moved, locked, removed] = made;
  if (!renamed || !moved || !locked || !removed) throw new Error('nobody was made');
  const rename = userEvent(renamed, 'user.human.profile.changed', { displayName: 'Qxz Renamed', nickName: 'Wq' });
  const move = userEvent(moved, 'user.human.email.changed', { email: 'elsewhere@jjx.example' });
  await store.change((db) => append(system, db, rename, move));
  await changeUserState(system, { userId: locked.id, change: 'lock' });
  await removeUser(system, { userId: removed.id });
  rows = await store.db.selectFrom('users').selectAll().execute();
});

afterAll(() => instance.store.close());

const foldCase = (text: string) => Array.from(text, (letter) => letter.toLowerCase()).join('');

/** What a condition means, without an index. */
function matches(row: UserTable, condition: UserCondition): boolean {
  switch (condition.kind) {
    case 'text': {
      const { ignoreCase, match } = condition.method;
      const value = ignoreCase ? foldCase(row[condition.column]) : row[condition.column];
      const text = ignoreCase ? foldCase(condition.text) : condition.text;
      if (match === 'equals') return value === text;
      if (match === 'startsWith') return value.startsWith(text);
      return match === 'endsWith' ? value.endsWith(text) : value.includes(text);
    }
    case 'state':
      return row.state === condition.state;
    case 'type':
      return row.kind === condition.type;
    case 'ids':
      return condition.ids.includes(row.id);
    case 'emails':
      return condition.emails.includes(row.email);
    case 'organisation':
      return row.organisation_id === condition.id;
    case 'organisations':
      return condition.ids.includes(row.organisation_id) || row.id === condition.self;
    case 'metadataKey':
    case 'metadataValue':
      throw new Error('nobody has a note here');
    case 'or':
      return condition.conditions.some((each) => matches(row, each));
    case 'and':
      return condition.conditions.every((each) => matches(row, each));
    case 'not':
      return !matches(row, condition.condition);
  }
}

/** SQLite's NOCASE: bytes, with the letters a to z alike. */
function inOrder(order: UserOrder): (one: UserTable, other: UserTable) => number {
  const bytes = (text: string) => Buffer.from(text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
  return (one, other) => {
    const [left, right] = [one[order], other[order]];
    const first = typeof left === 'number' ? left - Number(right) : Buffer.compare(bytes(left), bytes(String(right)));
    return first || Buffer.compare(Buffer.from(one.id), Buffer.from(other.id));
  };
}

const somePart = (text: string) =>
  fc.tuple(fc.nat(text.length), fc.nat(6)).map(([from, length]) =>
    Array.from(text)
      .slice(from, from + length)
      .join(''),
  );

function conditions(): fc.Arbitrary<UserCondition> {
  const text = fc.tuple(fc.constantFrom(...rows), fc.constantFrom(...SEARCHED)).chain(([row, column]) =>
    fc.record({
      kind: fc.constant('text' as const),
      column: fc.oneof(fc.constant(column), fc.constantFrom(...SEARCHED)),
      method: fc.record({
        match: fc.constantFrom('equals', 'startsWith', 'contains', 'endsWith'),
        ignoreCase: fc.boolean(),
      }),
      text: fc.oneof(
        fc.constant(row[column]),
        somePart(row[column]),
        somePart(row[column].toUpperCase()),
        fc.constantFrom('qx', '美', '*', '?', '[', '_', '%', "'", '"', ' ', '‘', 'σ', 'ß', ''),
      ),
    }),
  );
  const { tree } = fc.letrec<{ tree: UserCondition }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.record({ kind: fc.constant('state' as const), state: fc.constantFrom('active', 'initial', 'locked') }),
      fc.record({ kind: fc.constant('type' as const), type: fc.constantFrom('human', 'machine') }),
      fc.record({
        kind: fc.constant('ids' as const),
        ids: fc.subarray(
          rows.map(({ id }) => id),
          { maxLength: 3 },
        ),
      }),
      fc.record({
        kind: fc.constant('emails' as const),
        emails: fc.subarray(
          rows.map(({ email }) => email),
          { maxLength: 3 },
        ),
      }),
      fc.record({
        kind: fc.constant('organisation' as const),
        id: fc.constantFrom(instance.organisationA, instance.organisationB, 'none'),
      }),
      fc.record({
        kind: fc.constantFrom('or', 'and'),
        conditions: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('not' as const), condition: tie('tree') }),
    ),
  }));
  return tree;
}

function searches(): fc.Arbitrary<UserSearch> {
  return fc.record({
    conditions: fc.array(conditions(), { maxLength: 3 }),
    visible: fc.oneof(
      fc.constant({ organisations: 'all' as const }),
      fc.record({
        organisations: fc.subarray([instance.organisationA, instance.organisationB]),
        self: fc.constantFrom(...rows.map(({ id }) => id)),
      }),
    ),
    order: fc.constantFrom(...(Object.keys(ORDER_INDEX) as UserOrder[])),
    ascending: fc.boolean(),
    offset: fc.constantFrom(0, 0, 1, 7),
    limit: fc.constantFrom(1, 5, 50),
  });
}

async function agrees(search: UserSearch): Promise<void> {
  const { organisations, self } = search.visible;
  const found = rows
    .filter((row) => search.conditions.every((condition) => matches(row, condition)))
    .filter((row) => organisations === 'all' || organisations.includes(row.organisation_id) || row.id === self)
    .sort((one, other) => inOrder(search.order)(one, other) * (search.ascending ? 1 : -1));
  const page = found.slice(search.offset, search.offset + (search.limit ?? found.length));
  const { total, users } = await searchUsers(instance.store.db, search);
  expect({ total, ids: users.map(({ id }) => id) }).toEqual({ total: found.length, ids: page.map(({ id }) => id) });
}

it('finds whom it says, in every order, whatever was asked', async () => {
  await fc.assert(fc.asyncProperty(searches(), agrees), { numRuns: 600 });
});

it('counts one by one what it finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(conditions(), { maxLength: 3 }), async (all) => {
      const found = rows.filter((row) => all.every((condition) => matches(row, condition)));
      expect(await countOneByOne(instance.store.db, all)).toBe(found.length);
    }),
    { numRuns: 400 },
  );
});

it('finds the same after the tables were read from the events again', async () => {
  await instance.store.change((db) => rebuildTables(db));
  await fc.assert(fc.asyncProperty(searches(), agrees), { numRuns: 100 });
});
