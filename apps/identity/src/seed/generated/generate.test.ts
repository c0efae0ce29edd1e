import { TOTP } from 'otpauth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loginContext } from '../../commands/context.ts';
import { createSession } from '../../commands/sessions/sessions.ts';
import { setUpInstance } from '../../commands/set-up-instance.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import { digestTables, rebuildTables } from '../../store/rebuild.ts';
import { searchUsers } from '../../store/user-search.ts';
import { callApi } from '../../testing/api.ts';
import { startServer } from '../../testing/running-server.ts';
import { DEMO_PASSWORD } from '../demo/demo-people.ts';
import { generatePeople } from './generate.ts';
import { generatePerson, totpSecretOf } from './generated-person.ts';
import { generateOrganisation } from './organisation.ts';

const stores: Store[] = [];
let store: Store;

async function openInstance(): Promise<Store> {
  const opened = await openStore(':memory:');
  await setUpInstance(opened);
  stores.push(opened);
  return opened;
}

beforeEach(async () => {
  store = await openInstance();
});
afterEach(() => Promise.all(stores.splice(0).map((each) => each.close())));

/** Milliseconds: thousands of people are made, also where other tests keep the machine busy. */
const LIMIT = 120_000;

const quiet = { progress: () => {} };

/** Everything about the generated people of a store, but what is sealed with its own key. */
async function look(of: Store) {
  const users = await of.db.selectFrom('users').selectAll().where('kind', '=', 'human').orderBy('position').execute();
  const factors = await of.db.selectFrom('factors').selectAll().orderBy('position').execute();
  const events = await of.db
    .selectFrom('events')
    .selectAll()
    .where('created_at', '<', Date.UTC(2026, 0))
    .orderBy('position')
    .execute();
  const counts = await of.db.selectFrom('user_counts').selectAll().where('kind', '=', 'human').execute();
  return {
    users,
    counts: counts.filter(({ organisation_id }) => organisation_id !== ''),
    factors: factors.map((factor) => ({ ...factor, sealed_secret: factor.sealed_secret !== '' })),
    events: events.map((event) => ({ ...event, payload: event.payload.replace(/"otpSecret":"[^"]+"/, '') })),
  };
}

test(
  'the same number makes the same people, another makes others beside them',
  async () => {
    expect(await generatePeople(store, { ...quiet, number: 7, users: 300 })).toBe(300);
    const other = await openInstance();
    await generatePeople(other, { ...quiet, number: 7, users: 300 });
    const seen = await look(store);
    expect(seen.users).toHaveLength(300);
    expect(await look(other)).toEqual(seen);

    await generatePeople(store, { ...quiet, number: 8, users: 50 });
    expect((await look(store)).users).toHaveLength(350);
    expect(new Set(seen.users.map(({ password_hash }) => password_hash).filter(Boolean)).size).toBe(1);
  },
  LIMIT,
);

test(
  'an interrupted run goes on to the same result',
  async () => {
    const whole = await openInstance();
    await generatePeople(whole, { ...quiet, number: 3, users: 3_000 });
    const stop = new AbortController();
    const interrupted = { number: 3, users: 3_000, signal: stop.signal, progress: () => stop.abort() };
    expect(await generatePeople(store, interrupted)).toBe(2_000);
    expect(await generatePeople(store, { ...quiet, number: 3, users: 2_400 })).toBe(2_400);
    expect(await generatePeople(store, { ...quiet, number: 3, users: 3_000 })).toBe(3_000);
    expect(await look(store)).toEqual(await look(whole));
    // All there: nothing more to do.
    expect(await generatePeople(store, { ...quiet, number: 3, users: 3_000 })).toBe(3_000);
    expect((await look(store)).users).toHaveLength(3_000);
  },
  LIMIT,
);

test(
  'the rows are what the events say, and every kind of person is among them',
  async () => {
    await generatePeople(store, { ...quiet, number: 1, users: 1_500 });
    const before = await digestTables(store.db);
    await store.change((db) => rebuildTables(db));
    expect(await digestTables(store.db)).toEqual(before);
    const { users, factors } = await look(store);
    expect(new Set(users.map(({ state }) => state))).toEqual(new Set(['active', 'initial', 'locked', 'inactive']));
    expect(new Set(factors.map(({ kind }) => kind))).toEqual(new Set(['totp', 'otpEmail', 'otpSms', 'u2f', 'passkey']));
    expect(new Set(users.map(({ organisation_id }) => organisation_id)).size).toBeGreaterThan(2);
  },
  LIMIT,
);

test('a million people have a name, an address and a telephone each, and no two the same address', () => {
  const addresses = new Set<string>();
  for (let index = 0; index < 1_000_000; index += 97) {
    const person = generatePerson(5, index);
    expect(person.email).toMatch(/^[a-z]+\.[a-z]+\.\d+@[a-z]+-[a-z]+-5(-1)?\.example$/);
    if (person.phone) expect(person.phone).toMatch(/^\+\d{11,12}$/);
    addresses.add(person.email);
  }
  expect(addresses.size).toBe(Math.ceil(1_000_000 / 97));
  const names = Array.from({ length: 1_431 }, (_each, index) => generateOrganisation(5, index).name);
  expect(new Set(names).size).toBe(names.length);
});

test(
  'a server lists generated people, finds one by a part of a name, and signs one in',
  async () => {
    const server = await startServer();
    await generatePeople(server.store, { ...quiet, number: 2, users: 400 });
    const index = Array.from({ length: 400 }, (_each, at) => at).find((at) => {
      const { state, factors } = generatePerson(2, at);
      return state === 'active' && factors.join() === 'totp';
    });
    const person = generatePerson(2, index ?? -1);
    const query = { emailQuery: { emailAddress: `.${index}@`, method: 'TEXT_QUERY_METHOD_CONTAINS_IGNORE_CASE' } };
    const answer = await callApi(server, 'POST', '/v2/users', {
      body: { query: { limit: 5 }, queries: [query] },
    });
    expect(answer.body).toMatchObject({
      details: { totalResult: '1' },
      result: [{ userId: person.id, preferredLoginName: person.email }],
    });
    const { users, total } = await searchUsers(server.store.db, {
      conditions: [{ kind: 'type', type: 'human' }],
      visible: { organisations: 'all' },
      order: 'display_name',
      ascending: true,
      offset: 0,
      limit: 50,
    });
    expect([users.length, total]).toEqual([50, 400]);
    const code = new TOTP({ secret: totpSecretOf(2, index ?? -1) }).generate();
    const session = await createSession(loginContext(server.store), {
      checks: { user: { userId: person.id }, password: DEMO_PASSWORD, totp: code },
    });
    expect(session.sessionToken).toBeTruthy();
    await server.stop();
  },
  LIMIT,
);
