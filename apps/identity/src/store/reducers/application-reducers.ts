import type { ProjectEvents } from '../../domain/events/project-events.ts';
import { memberAdded, memberChanged, memberRemoved } from './organisation-reducers.ts';
import { madeBy, type Reducers, touchedBy } from './reducer.ts';

export const applicationReducers: Reducers<keyof ProjectEvents> = {
  'project.added': async (db, event) => {
    await db
      .insertInto('projects')
      .values({
        id: event.aggregateId,
        organisation_id: event.resourceOwner,
        name: event.payload.name,
        ...madeBy(event),
      })
      .execute();
  },
  'project.changed': async (db, event) => {
    await db
      .updateTable('projects')
      .set({ name: event.payload.name, ...touchedBy(event) })
      .where('id', '=', event.aggregateId)
      .execute();
  },
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
        client_id: '',
        configuration: '',
        secret_hash: '',
        ...madeBy(event),
      })
      .execute();
  },
  'project.application.changed': async (db, event) => {
    await db
      .updateTable('applications')
      .set({ name: event.payload.name, ...touchedBy(event) })
      .where('id', '=', event.payload.appId)
      .execute();
  },
  'project.application.removed': async (db, event) => {
    await db.deleteFrom('applications').where('id', '=', event.payload.appId).execute();
    await db.deleteFrom('application_keys').where('application_id', '=', event.payload.appId).execute();
  },
  'project.application.config.oidc.added': async (db, event) => {
    const { appId, config, secretHash } = event.payload;
    await db
      .updateTable('applications')
      .set({
        client_id: config.clientId,
        configuration: JSON.stringify(config),
        secret_hash: secretHash ?? '',
        ...touchedBy(event),
      })
      .where('id', '=', appId)
      .execute();
  },
  'project.application.config.oidc.changed': async (db, event) => {
    await db
      .updateTable('applications')
      .set({ configuration: JSON.stringify(event.payload.config), ...touchedBy(event) })
      .where('id', '=', event.payload.appId)
      .execute();
  },
  'project.application.config.oidc.secret.changed': async (db, event) => {
    await db
      .updateTable('applications')
      .set({ secret_hash: event.payload.secretHash, ...touchedBy(event) })
      .where('id', '=', event.payload.appId)
      .execute();
  },
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
