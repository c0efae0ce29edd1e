import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { callApi } from '../testing/api.ts';
import { addPerson } from '../testing/person.ts';
import { type RunningServer, startServer } from '../testing/running-server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ readsLag: 250 });
});
afterAll(() => server.stop());

test('a list shows a removal late, and the removal itself is judged at once', async () => {
  let late = 0;
  for (const _try of [1, 2, 3, 4, 5]) {
    const one = await addPerson(server, ['totp']);
    const listOne = () => callApi(server, 'POST', `/v2/users/${one.userId}/authentication_factors/_search`);
    await vi.waitFor(async () => expect((await listOne()).body.result).toHaveLength(1));
    const path = `/v2/users/${one.userId}/totp`;
    expect((await callApi(server, 'DELETE', path)).status).toBe(200);
    if ((await listOne()).body.result) late += 1;
    expect((await callApi(server, 'DELETE', path)).status).toBe(404);
    await vi.waitFor(async () => expect((await listOne()).body.result).toBeUndefined());
  }
  expect(late).toBeGreaterThan(0);
});
