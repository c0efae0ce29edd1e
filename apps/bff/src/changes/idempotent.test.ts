import { Router } from 'express';
import type { KyselyPlugin } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../http/problem.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { type Answer, type ServedRoutes, serveRoutes } from '../testing/serve-routes.ts';
import { idempotent } from './idempotent.ts';

let kept: TestAudit;
let bff: ServedRoutes;
let made: unknown[];
let make: () => Promise<object>;
/** How many of the next answers the database does not keep. */
let failures: number;
const agent = { userId: 'agent', token: 't' };
const failing: KyselyPlugin = {
  transformQuery({ node }) {
    if (node.kind !== 'UpdateQueryNode' || failures === 0) return node;
    failures -= 1;
    throw new Error('the database went away');
  },
  transformResult: ({ result }) => Promise.resolve(result),
};
const key = '0b8c7f3e-0000-4000-8000-000000000001';

beforeEach(async () => {
  kept = await openTestAudit();
  made = [];
  failures = 0;
  make = () => Promise.resolve({ made: made.length });
  const router = Router();
  router.post(
    '/things/:id',
    idempotent({ ...kept, store: kept.store.withPlugin(failing) }, (req) => {
      made.push(req.body);
      return make();
    }),
  );
  bff = await serveRoutes(router);
});
afterEach(async () => {
  await bff.close();
  await kept.close();
});

const send = (body: unknown, as = agent, headers: Record<string, string> = { 'Idempotency-Key': key }, id = '1') =>
  bff.call(as, 'POST', `/things/${id}`, body, headers);

/** Makes the pauses short in which a request waits for another; all other times are as they are. */
async function hurry(send: () => Promise<Answer>): Promise<Answer> {
  const wait = globalThis.setTimeout;
  const hurried = (run: () => void, pause?: number) => wait(run, pause === 50 ? 0 : pause);
  const spy = vi.spyOn(globalThis, 'setTimeout').mockImplementation(hurried as typeof setTimeout);
  try {
    return await send();
  } finally {
    spy.mockRestore();
  }
}

describe('the same request with the same key', () => {
  it('is made once and answered twice', async () => {
    const first = await send({ reason: 'a' });
    const second = await send({ reason: 'a' });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    expect(made).toHaveLength(1);
  });

  it('waits for the first while that is being made', async () => {
    let finish: (body: object) => void = () => {};
    make = () => new Promise((resolve) => (finish = resolve));
    const both: Promise<Answer>[] = [send({ reason: 'a' }), send({ reason: 'a' })];
    await expect.poll(() => made.length).toBe(1);
    finish({ done: true });
    expect((await Promise.all(both)).map((answer) => answer.body)).toEqual([{ done: true }, { done: true }]);
    expect(made).toHaveLength(1);
  });

  it('is never made again when its outcome is unknown', async () => {
    make = () => Promise.reject(new Problem('outcome_unknown'));
    expect((await send({ reason: 'a' })).problem().code).toBe('outcome_unknown');
    make = () => Promise.resolve({});
    expect((await send({ reason: 'a' })).problem().code).toBe('outcome_unknown');
    expect(made).toHaveLength(1);
  });

  it('is made again when nothing was done the first time', async () => {
    make = () => Promise.reject(new Problem('upstream_unavailable'));
    expect((await send({ reason: 'a' })).problem().code).toBe('upstream_unavailable');
    make = () => Promise.resolve({ done: true });
    expect((await send({ reason: 'a' })).body).toEqual({ done: true });
  });

  it('is made once when its answer could not be kept at first', async () => {
    failures = 1;
    const first = await send({ reason: 'a' });
    expect([first.status, (await send({ reason: 'a' })).body]).toEqual([200, first.body]);
    expect(made).toHaveLength(1);
  });

  it('is never made again when its answer could not be kept', async () => {
    failures = 2;
    expect((await send({ reason: 'a' })).status).toBe(200);
    expect((await hurry(() => send({ reason: 'a' }))).problem().code).toBe('outcome_unknown');
    expect(made).toHaveLength(1);
  });

  it('says what became of it although the database does not keep it', async () => {
    failures = 2;
    make = () => Promise.reject(new Problem('outcome_unknown'));
    expect((await send({ reason: 'a' })).problem().code).toBe('outcome_unknown');
    make = () => Promise.resolve({});
    expect((await hurry(() => send({ reason: 'a' }))).problem().code).toBe('outcome_unknown');
    expect(made).toHaveLength(1);
  });

  it('of another person is another request', async () => {
    await send({ reason: 'a' });
    await send({ reason: 'a' }, { userId: 'other', token: 't' });
    expect(made).toHaveLength(2);
  });

  it('is forgotten after a day', async () => {
    await send({ reason: 'a' });
    await kept.store
      .updateTable('idempotency')
      .set({ expires_at: Date.now() - 1 })
      .execute();
    await send({ reason: 'a' });
    expect(made).toHaveLength(2);
  });
});

it('the same key for another request is refused', async () => {
  await send({ reason: 'a' });
  expect((await send({ reason: 'b' })).problem()).toMatchObject({ code: 'key_reused', status: 422 });
  expect((await send({ reason: 'a' }, agent, { 'Idempotency-Key': key }, '2')).problem().code).toBe('key_reused');
  expect(made).toHaveLength(1);
});

it.each(['short', 'x'.repeat(101), 'with space', 'semi;colon'])('a key like %s is refused', async (bad) => {
  const answer = await send({}, agent, { 'Idempotency-Key': bad });
  expect(answer.problem()).toMatchObject({ code: 'invalid_input', fields: [{ path: 'Idempotency-Key' }] });
  expect(made).toHaveLength(0);
});

it('without a key each request is one of its own', async () => {
  await send({}, agent, {});
  await send({}, agent, {});
  expect(made).toHaveLength(2);
});

it('keeps no key and no request as it came', async () => {
  await send({ reason: 'a secret reason' });
  const rows = await kept.store.selectFrom('idempotency').selectAll().execute();
  expect(JSON.stringify(rows)).not.toMatch(/secret reason|0b8c7f3e/);
});
