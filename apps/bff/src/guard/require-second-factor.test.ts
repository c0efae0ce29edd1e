import { Router } from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import { type ServedRoutes, serveRoutes } from '../testing/serve-routes.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';
import { createZitadel } from '../zitadel/client.ts';
import { requireSecondFactor } from './require-second-factor.ts';

let server: EmbeddedZitadel;
let world: World;
let bff: ServedRoutes;

beforeAll(async () => {
  server = await startEmbeddedZitadel();
  world = await openWorld(server);
  const routes = Router().use(requireSecondFactor(createZitadel({ apiUrl: server.origin })));
  routes.all('/bff/thing', (_req, res) => void res.json({}));
  bff = await serveRoutes(routes);
});
afterAll(async () => {
  await bff?.close();
  await server?.stop();
});

/** What somebody with exactly these factors gets, read with a token that may read them. */
async function statusOf(kinds: readonly string[], amr: readonly string[], method = 'DELETE'): Promise<number> {
  const wanted = kinds.toSorted().join();
  const found = server.people.find(
    ({ factors }) =>
      wanted ===
      factors
        .map(({ kind }) => kind)
        .sort()
        .join(),
  );
  if (!found) throw new Error(`nobody has ${wanted}`);
  const answer = await bff.call({ ...world.admin, userId: found.userId, amr }, method, '/bff/thing', {});
  if (answer.status !== 200) expect(answer.problem().code).toBe('step_up_required');
  return answer.status;
}

it('a passkey is not left aside for a change', async () => {
  expect(await statusOf(['passkey'], ['pwd'])).toBe(403);
  expect(await statusOf(['passkey'], ['user', 'mfa'])).toBe(200);
  expect(await statusOf([], ['pwd'])).toBe(200);
});

it('one that the policy does not let anybody use asks for nothing', async () => {
  const { policy } = await world.api('GET', '/admin/v1/policies/login');
  const { details: _, secondFactors: _second, multiFactors: _multi, idps: _idps, ...rules } = policy;
  await world.api('PUT', '/admin/v1/policies/login', {
    ...rules,
    passwordlessType: 'PASSWORDLESS_TYPE_NOT_ALLOWED',
  });
  expect(await statusOf(['passkey'], ['pwd'])).toBe(200);
});
