import { createHash } from 'node:crypto';
import { idempotencyHeader } from '@latchkey/contract/paths';
import type { Request, RequestHandler, Response } from 'express';
import { isTaken } from '../audit/append-row.ts';
import type { Clock } from '../clock.ts';
import { Problem } from '../http/problem.ts';
import { currentSession } from '../session/current-session.ts';
import type { Store } from '../store/open-store.ts';
import type { IdempotencyRow } from '../store/tables.ts';

export interface IdempotencyOptions {
  readonly store: Store;
  readonly clock: Clock;
}

const keptForMs = 24 * 3600 * 1000;
/** How long the same request waits for the answer of the one that came first, and how often it looks. */
const patienceMs = 15_000;
const pauseMs = 50;

/**
 * Makes a change once for each `Idempotency-Key`: whoever sends the same request with the same key gets the first
 * answer again, and waits for it while it is being made (a second click, a proxy that repeats). Without a key each
 * request is one of its own.
 *
 * What was not done may be tried again with the same key; what may have been done, never.
 *
 * @param make makes the change and returns the answer's body.
 * @throws Problem `invalid_input` for a key of another form, `key_reused` for a key that came with another request.
 */
export function idempotent<Parameters>(
  options: IdempotencyOptions,
  make: (req: Request<Parameters>, res: Response) => Promise<object>,
): RequestHandler<Parameters> {
  return async function makeOnce(req, res): Promise<void> {
    const key = req.get(idempotencyHeader);
    if (key === undefined) {
      res.json(await make(req, res));
      return;
    }
    if (!/^[A-Za-z0-9_-]{8,100}$/.test(key)) {
      throw new Problem('invalid_input', {
        fields: [{ path: idempotencyHeader, message: '8 to 100 letters or digits' }],
      });
    }
    const keyHash = sha256(currentSession(res).subject, key);
    const requestHash = sha256(req.method, req.originalUrl, JSON.stringify(req.body ?? null));
    const first = await claim(options, keyHash, requestHash);
    if (first) await makeFirst(options, keyHash, () => make(req, res), res);
    else await repeatFirst(options, keyHash, requestHash, res);
  };
}

/** @returns whether this request is the first with its key. */
async function claim({ store, clock }: IdempotencyOptions, keyHash: string, requestHash: string): Promise<boolean> {
  const now = clock();
  await store.deleteFrom('idempotency').where('key_hash', '=', keyHash).where('expires_at', '<=', now).execute();
  try {
    const row = { key_hash: keyHash, request_hash: requestHash, status: null, body: null };
    await store
      .insertInto('idempotency')
      .values({ ...row, created_at: now, expires_at: now + keptForMs })
      .execute();
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

async function makeFirst(
  { store }: IdempotencyOptions,
  keyHash: string,
  make: () => Promise<object>,
  res: Response,
): Promise<void> {
  const keep = (status: number, body: object) =>
    noteDown(() =>
      store
        .updateTable('idempotency')
        .set({ status, body: JSON.stringify(body) })
        .where('key_hash', '=', keyHash)
        .execute(),
    );
  const forget = () => noteDown(() => store.deleteFrom('idempotency').where('key_hash', '=', keyHash).execute());
  let body: object;
  try {
    body = await make();
  } catch (error) {
    const unknown = error instanceof Problem && error.code === 'outcome_unknown';
    await (unknown ? keep(error.status, { code: error.code, details: error.details }) : forget());
    throw error;
  }
  await keep(200, body);
  res.json(body);
}

/**
 * Tries twice, and does not throw: the change has been made or not by now, and its sender is told so. A key that stays
 * without an answer is never made again: it answers `outcome_unknown`, as one whose process died.
 */
async function noteDown(write: () => Promise<unknown>): Promise<void> {
  await write()
    .catch(write)
    .catch(() => {});
}

async function repeatFirst(
  { store }: IdempotencyOptions,
  keyHash: string,
  requestHash: string,
  res: Response,
): Promise<void> {
  for (let waited = 0; ; waited += pauseMs) {
    const row = await store.selectFrom('idempotency').selectAll().where('key_hash', '=', keyHash).executeTakeFirst();
    // The first one failed and nothing was done: this one may say so, too, and its sender try anew.
    if (!row) throw new Problem('conflict');
    if (row.request_hash !== requestHash) throw new Problem('key_reused');
    if (row.status !== null) return answerAgain(row, res);
    // Its process may have died in the middle: then nobody will ever write the answer.
    if (waited >= patienceMs) throw new Problem('outcome_unknown');
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function answerAgain({ status, body }: IdempotencyRow, res: Response): void {
  if (status !== 200) throw new Problem('outcome_unknown');
  res.type('json').send(body ?? '{}');
}

function sha256(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
