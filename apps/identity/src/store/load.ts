import type { Membership } from '../domain/permissions.ts';
import type { Database, FactorTable, InstanceTable, MemberTable, UserTable } from './tables.ts';

export function loadUser(db: Database, id: string): Promise<UserTable | undefined> {
  return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The one instance of this server. @throws Error before the set-up. */
export function loadInstance(db: Database): Promise<InstanceTable> {
  return db.selectFrom('instances').selectAll().executeTakeFirstOrThrow();
}

export async function loadMemberships(db: Database, userId: string): Promise<readonly Membership[]> {
  const rows = await db.selectFrom('members').selectAll().where('user_id', '=', userId).execute();
  return rows.map(toMembership);
}

export function toMembership(row: MemberTable): Membership {
  return {
    scope: row.scope,
    scopeId: row.scope_id,
    resourceOwner: row.resource_owner,
    roles: JSON.parse(row.roles) as string[],
  };
}

/** A factor of which there is one a person. */
export function loadFactor(
  db: Database,
  userId: string,
  kind: 'totp' | 'otpEmail' | 'otpSms' | 'recoveryCodes',
): Promise<FactorTable | undefined> {
  return db.selectFrom('factors').selectAll().where('user_id', '=', userId).where('kind', '=', kind).executeTakeFirst();
}

export function loadFactors(db: Database, userId: string): Promise<FactorTable[]> {
  return db.selectFrom('factors').selectAll().where('user_id', '=', userId).orderBy('position').execute();
}

/** A security key or passkey of either kind: ZITADEL's commands do not tell them apart (zitadel.md 2.4, quirk). */
export function loadToken(db: Database, userId: string, tokenId: string): Promise<FactorTable | undefined> {
  return db
    .selectFrom('factors')
    .selectAll()
    .where('user_id', '=', userId)
    .where('token_id', '=', tokenId)
    .where('kind', 'in', ['u2f', 'passkey'])
    .where('orphaned', '=', 0)
    .executeTakeFirst();
}

/**
 * Who owned a user of whom only events are left, or nothing if there never was one: ZITADEL asks a deleted person's
 * organisation for the permission (zitadel.md 2.2).
 */
export async function loadFormerOwner(db: Database, userId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('events')
    .select('resource_owner')
    .where('aggregate_id', '=', userId)
    .where('aggregate_type', '=', 'user')
    .limit(1)
    .executeTakeFirst();
  return row?.resource_owner;
}
