import type { ProjectEvents } from '../../domain/events/project-events.ts';
import type { StoredEvent } from '../../domain/events.ts';
import type { ApplicationTable, ProjectTable } from '../application-tables.ts';
import type { Database } from '../tables.ts';
import { memberAdded, memberChanged, memberRemoved } from './organisation-reducers.ts';
import { madeBy, type Reducers, touchedBy } from './reducer.ts';

async function setProject(db: Database, event: StoredEvent, columns: Partial<ProjectTable>): Promise<void> {
  await db
    .updateTable('projects')
    .set({ ...columns, ...touchedBy(event) })
    .where('id', '=', event.aggregateId)
    .execute();
}

async function setApplication(
  db: Database,
  event: StoredEvent & { readonly payload: { readonly appId: string } },
  columns: Partial<ApplicationTable>,
): Promise<void> {
  await db
    .updateTable('applications')
    .set({ ...columns, ...touchedBy(event) })
    .where('id', '=', event.payload.appId)
    .execute();
}

export const applicationReducers: Reducers<keyof ProjectEvents> = {
  'project.added': async (db, event) => {
    await db
      .insertInto('projects')
      .values({
        id: event.aggregateId,
        organisation_id: event.resourceOwner,
        name: event.payload.name,
        state: 'active',
        ...madeBy(event),
      })
      .execute();
  },
  'project.deactivated': (db, event) => setProject(db, event, { state: 'inactive' }),
  'project.reactivated': (db, event) => setProject(db, event, { state: 'active' }),
  'project.changed': (db, event) => setProject(db, event, { name: event.payload.name }),
  'project.removed': async (db, event) => {
    const id = event.aggregateId;
    await db.deleteFrom('projects').where('id', '=', id).execute();
    await db.deleteFrom('applications').where('project_id', '=', id).execute();
    await db.deleteFrom('application_keys').where('project_id', '=', id).execute();
    await db.deleteFrom('members').where('scope', '=', 'project').where('scope_id', '=', id).execute();
  },
  'project.member.added': memberAdded('project'),
  'project.member.changed': memberChanged('project'),
  'project.member.removed': memberRemoved('project'),
  'project.application.added': async (db, event) => {
    await db
      .insertInto('applications')
      .values({
        id: event.payload.appId,
        project_id: event.aggregateId,
        organisation_id: event.resourceOwner,
        name: event.payload.name,
        state: 'active',
        client_id: '',
        configuration: '',
        secret_hash: '',
        ...madeBy(event),
      })
      .execute();
  },
  'project.application.changed': (db, event) => setApplication(db, event, { name: event.payload.name }),
  'project.application.deactivated': (db, event) => setApplication(db, event, { state: 'inactive' }),
  'project.application.reactivated': (db, event) => setApplication(db, event, { state: 'active' }),
  'project.application.removed': async (db, event) => {
    await db.deleteFrom('applications').where('id', '=', event.payload.appId).execute();
    await db.deleteFrom('application_keys').where('application_id', '=', event.payload.appId).execute();
  },
  'project.application.config.oidc.added': async (db, event) => {
    const { config, secretHash } = event.payload;
    await setApplication(db, event, {
      client_id: config.clientId,
      configuration: JSON.stringify(config),
      secret_hash: secretHash ?? '',
    });
  },
  'project.application.config.oidc.changed': (db, event) =>
    setApplication(db, event, { configuration: JSON.stringify(event.payload.config) }),
  'project.application.config.oidc.secret.changed': (db, event) =>
    setApplication(db, event, { secret_hash: event.payload.secretHash }),
  'project.application.oidc.key.added': async (db, event) => {
    const { appId, clientId, keyId, publicKey, expirationDate } = event.payload;
    await db
      .insertInto('application_keys')
      .values({
        id: keyId,
        application_id: appId,
        project_id: event.aggregateId,
        client_id: clientId,
        public_key: publicKey,
        expires_at: expirationDate,
        ...madeBy(event),
      })
      .execute();
  },
  'project.application.oidc.key.removed': async (db, event) => {
    await db.deleteFrom('application_keys').where('id', '=', event.payload.keyId).execute();
  },
};
