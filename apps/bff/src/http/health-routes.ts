import { type Request, type Response, Router } from 'express';

/** A thing without which nobody can be served. `check` throws when it is not there. */
export interface Dependency {
  readonly name: string;
  check(): Promise<void>;
}

/**
 * `/healthz`: the process answers. `/readyz`: so do the things it needs, each with `ok` or `unavailable`; why it is not
 * is in the log, because this address is open to everybody.
 */
export function healthRoutes(
  dependencies: readonly Dependency[],
  onFault: (name: string, error: unknown) => void,
): Router {
  const router = Router();
  router.get('/healthz', (_req: Request, res: Response) => {
    res.json({ status: 'ok' });
  });
  router.get('/readyz', async (_req: Request, res: Response) => {
    const states = await Promise.all(dependencies.map((dependency) => probe(dependency, onFault)));
    const ready = states.every(([, state]) => state === 'ok');
    res.status(ready ? 200 : 503).json({ status: ready ? 'ok' : 'unavailable', ...Object.fromEntries(states) });
  });
  return router;
}

async function probe(dependency: Dependency, onFault: (name: string, error: unknown) => void) {
  try {
    await dependency.check();
    return [dependency.name, 'ok'] as const;
  } catch (error) {
    onFault(dependency.name, error);
    return [dependency.name, 'unavailable'] as const;
  }
}
