import { sql } from 'kysely';
import type { OidcConfiguration } from '../domain/application.ts';
import type { Database } from '../store/tables.ts';
import type { OidcApplication, OidcDirectory, OidcPerson } from './directory.ts';

/** Events that end the access tokens made before them. */
const ENDS_PERSON = ['user.locked', 'user.deactivated', 'user.removed'] as const;

/**
 * Reads applications and people from the store.
 *
 * @param zitadelProjectId the project that stands for the API itself.
 */
export function createStoreDirectory(db: Database, zitadelProjectId: string): OidcDirectory {
  return {
    zitadelProjectId,
    application: (clientId) => findApplication(db, clientId),
    async clientIdsOf(projectId) {
      const rows = await db
        .selectFrom('applications')
        .select('client_id')
        .where('project_id', '=', projectId)
        .execute();
      return rows.map((row) => row.client_id);
    },
    person: (userId) => findPerson(db, userId),
    endedSince: async (position, signIn) =>
      (await sessionEnded(db, signIn.sessionId, position)) || (await personStopped(db, signIn.userId, position)),
    async lastPosition() {
      const row = await db
        .selectFrom('events')
        .select('position')
        .orderBy('position', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.position ?? 0;
    },
  };
}

/** A session has few events, and of all sessions many end: so by the session, not by the type. */
async function sessionEnded(db: Database, sessionId: string, after: number): Promise<boolean> {
  const event = await db
    .selectFrom('events')
    .select('position')
    .where('aggregate_id', '=', sessionId)
    .where('aggregate_type', '=', 'session')
    .where(sql<boolean>`+type = 'session.terminated' AND +position > ${after}`)
    .limit(1)
    .executeTakeFirst();
  return event !== undefined;
}

/** A person may have many events, and few people are locked: so by the type. */
async function personStopped(db: Database, userId: string, after: number): Promise<boolean> {
  const event = await db
    .selectFrom('events')
    .select('position')
    .where('type', 'in', [...ENDS_PERSON])
    .where('position', '>', after)
    .where(sql<boolean>`+aggregate_id = ${userId}`)
    .limit(1)
    .executeTakeFirst();
  return event !== undefined;
}

/** Sessions that ended after the event at a position, and the position of the last event looked at. */
export async function endedSessions(
  db: Database,
  after: number,
): Promise<{ readonly position: number; readonly sessionIds: readonly string[] }> {
  const events = await db
    .selectFrom('events')
    .select(['position', 'aggregate_id'])
    .where('type', '=', 'session.terminated')
    .where('position', '>', after)
    .orderBy('position')
    .execute();
  return { position: events.at(-1)?.position ?? after, sessionIds: events.map((event) => event.aggregate_id) };
}

async function findApplication(db: Database, clientId: string): Promise<OidcApplication | undefined> {
  // What is inactive is for its clients as if it were not there.
  const row = await db
    .selectFrom('applications')
    .innerJoin('projects', 'projects.id', 'applications.project_id')
    .selectAll('applications')
    .where('client_id', '=', clientId)
    .where('applications.state', '=', 'active')
    .where('projects.state', '=', 'active')
    .executeTakeFirst();
  if (!row?.configuration) return undefined;
  const keys = await db
    .selectFrom('application_keys')
    .select(['id', 'public_key'])
    .where('client_id', '=', clientId)
    .where('expires_at', '>', Date.now())
    .execute();
  return {
    projectId: row.project_id,
    config: JSON.parse(row.configuration) as OidcConfiguration,
    keys: keys.map(({ id, public_key }) => ({ keyId: id, publicKey: public_key })),
    secretHash: row.secret_hash || undefined,
  };
}

async function findPerson(db: Database, userId: string): Promise<OidcPerson | undefined> {
  const row = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst();
  return (
    row && {
      id: row.id,
      active: row.state === 'active',
      loginName: row.username,
      givenName: row.given_name,
      familyName: row.family_name,
      displayName: row.display_name,
      locale: row.preferred_language && row.preferred_language !== 'und' ? row.preferred_language : undefined,
      email: row.email,
      emailVerified: row.email_verified === 1,
      phone: row.phone || undefined,
      phoneVerified: row.phone_verified === 1,
      changedAt: row.changed_at,
    }
  );
}
