import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { hashToken, type Vault } from '../../store/vault.ts';
import type { TokenDatabase } from './token-database.ts';

/** Reads one kind of artifact in a way of its own; the others are rows. */
export type SpecialAdapters = Readonly<Record<string, (rows: Adapter) => Adapter>>;

/**
 * oidc-provider's storage on SQLite: each artifact one row, found by the fingerprint of its id.
 *
 * @param special kinds that are more than a row: clients, and tokens whose life depends on the person and the session.
 */
export function createArtifacts(db: TokenDatabase, vault: Vault, special: SpecialAdapters): AdapterFactory {
  return (model) => {
    const rows = artifactRows(db, vault, model);
    return special[model]?.(rows) ?? rows;
  };
}

function artifactRows(db: TokenDatabase, vault: Vault, model: string): Adapter {
  // A payload moved to another row does not open.
  const context = (name: string) => `oidc ${model} ${name}`;

  async function findBy(column: 'fingerprint' | 'uid', secret: string): Promise<AdapterPayload | undefined> {
    const row = await db
      .selectFrom('oidc_artifacts')
      .select(['fingerprint', 'payload'])
      .where('model', '=', model)
      .where(column, '=', hashToken(secret))
      .executeTakeFirst();
    return row && (JSON.parse(vault.open(row.payload, context(row.fingerprint))) as AdapterPayload);
  }

  async function upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const name = hashToken(id);
    const row = {
      model,
      fingerprint: name,
      uid: payload.uid ? hashToken(payload.uid) : null,
      payload: vault.seal(JSON.stringify(payload), context(name)),
      expires_at: expiresIn ? Math.floor(Date.now() / 1000) + expiresIn : null,
    };
    await db
      .insertInto('oidc_artifacts')
      .values(row)
      .onConflict((conflict) => conflict.columns(['model', 'fingerprint']).doUpdateSet(row))
      .execute();
  }

  return {
    upsert,
    find: (id) => findBy('fingerprint', id),
    findByUid: (uid) => findBy('uid', uid),
    // The device flow is not offered, so nothing is ever stored under a user code.
    findByUserCode: () => Promise.resolve(undefined),
    async consume(id) {
      const payload = await findBy('fingerprint', id);
      if (payload) await upsert(id, { ...payload, consumed: Math.floor(Date.now() / 1000) }, remaining(payload));
    },
    async destroy(id) {
      await db
        .deleteFrom('oidc_artifacts')
        .where('model', '=', model)
        .where('fingerprint', '=', hashToken(id))
        .execute();
    },
    // Tokens die with their token set, not with the library's grant.
    revokeByGrantId: () => Promise.resolve(),
  };
}

/** Seconds left; a spent artifact is kept as long as an unspent one, so that its reuse is recognised. */
function remaining(payload: AdapterPayload): number | undefined {
  return payload.exp === undefined ? undefined : Math.max(1, payload.exp - Math.floor(Date.now() / 1000));
}
