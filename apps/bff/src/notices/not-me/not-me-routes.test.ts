import { notMePath } from '@latchkey/contract/paths';
import { Problem } from '@latchkey/contract/problem';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { fromOurPage } from '../../testing/browser.ts';
import { startTestBff, type TestBff } from '../../testing/start-test-bff.ts';

let bff: TestBff;
beforeAll(async () => {
  bff = await startTestBff({ environment: { LATCHKEY_RATE_SCALE: '1' } });
});
afterAll(async () => {
  await bff?.stop();
});

const json = { 'content-type': 'application/json' };

async function press(headers: Record<string, string>, body = JSON.stringify({ code: 'a'.repeat(43) })) {
  const answer = await fetch(bff.publicUrl + notMePath, { method: 'POST', headers, body });
  return { status: answer.status, headers: answer.headers, problem: z.parse(Problem, await answer.json()) };
}

it('is taken from our own page only, as JSON, without a session', async () => {
  expect((await press(json)).problem.code).toBe('cross_site');
  expect((await press({ ...json, 'sec-fetch-site': 'cross-site' })).problem.code).toBe('cross_site');
  expect((await press({ ...json, origin: 'https://evil.example' })).problem.code).toBe('cross_site');
  expect((await press({ ...fromOurPage, 'content-type': 'text/plain' })).problem.code).toBe('unsupported_media_type');
  expect((await press({ ...fromOurPage, ...json })).problem.code).toBe('not_found');
  expect((await press({ ...fromOurPage, ...json }, '{"code":7}')).problem.code).toBe('not_found');
});

it('takes ten a minute from one address', async () => {
  bff.advance(60_000);
  for (let index = 0; index < 10; index += 1) expect((await press({ ...fromOurPage, ...json })).status).toBe(404);
  const refused = await press({ ...fromOurPage, ...json });
  expect(refused.problem.code).toBe('rate_limited');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30);
  bff.advance(60_000);
  expect((await press({ ...fromOurPage, ...json })).status).toBe(404);
});
