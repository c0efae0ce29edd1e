import type { Store } from '../../store/open-store.ts';
import { ask } from './ask.ts';

/** A removal that a client asks for. */
export interface Removal {
  readonly userId: string;
  /** Path below `/v2/users/{user_id}/`. */
  readonly path: string;
  readonly kind: string;
  readonly tokenId: string;
}

/** A removal that the server said was done. */
export interface Acknowledged extends Removal {
  /** Of the event that did it. */
  readonly sequence: number;
}

const PATHS = { totp: 'totp', otpEmail: 'otp_email', otpSms: 'otp_sms', u2f: 'u2f/', passkey: 'passkeys/' } as const;

/** Every factor there is, to be removed. */
export async function listRemovals(store: Store): Promise<Removal[]> {
  const rows = await store.db.selectFrom('factors').select(['user_id', 'kind', 'token_id']).execute();
  return rows.flatMap(({ user_id, kind, token_id }) =>
    kind === 'recoveryCodes'
      ? []
      : [{ userId: user_id, kind, tokenId: token_id, path: PATHS[kind] + (PATHS[kind].endsWith('/') ? token_id : '') }],
  );
}

/**
 * Asks for removals one after the other until the server is gone or the list is empty.
 *
 * @returns those that it acknowledged. The one that was under way is neither here nor in the list: nobody knows of it.
 * @throws Error for an answer that is not 200.
 */
export async function removeUntilGone(
  origin: string,
  token: string,
  list: Removal[],
  onAcknowledged: () => void,
): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  for (let removal = list.pop(); removal; removal = list.pop()) {
    const said = await ask(origin, 'DELETE', `/v2/users/${removal.userId}/${removal.path}`, token);
    if (!said) return acknowledged;
    if (said.status !== 200) throw new Error(`${removal.path} answered ${said.status}: ${JSON.stringify(said.body)}`);
    const { details } = said.body as { details: { sequence: string } };
    acknowledged.push({ ...removal, sequence: Number(details.sequence) });
    onAcknowledged();
  }
  return acknowledged;
}

/** @returns those whose event or effect is missing: lost changes. */
export async function findLost(store: Store, acknowledged: readonly Acknowledged[]): Promise<readonly Acknowledged[]> {
  const lost: Acknowledged[] = [];
  for (const each of acknowledged) {
    const event = await store.db
      .selectFrom('events')
      .select('type')
      .where('aggregate_id', '=', each.userId)
      .where('sequence', '=', each.sequence)
      .executeTakeFirst();
    const factor = await store.db
      .selectFrom('factors')
      .select('kind')
      .where('user_id', '=', each.userId)
      .where('kind', '=', each.kind as 'totp')
      .where('token_id', '=', each.tokenId)
      .executeTakeFirst();
    if (!event?.type.endsWith('.removed') || factor) lost.push(each);
  }
  return lost;
}
