import type { OrganisationEvents } from '../../domain/events/organisation-events.ts';
import type { StoredEvent } from '../../domain/events.ts';
import type { Database, InstanceTable, MemberTable, OrganisationTable } from '../tables.ts';
import { changesNothing, madeBy, type Reducers, touchedBy } from './reducer.ts';

type MemberEvent = StoredEvent & { readonly payload: { userId: string; roles: string[] } };

export function memberAdded(scope: MemberTable['scope']) {
  return async (db: Database, event: MemberEvent): Promise<void> => {
    await db
      .replaceInto('members')
      .values({
        scope,
        scope_id: event.aggregateId,
        resource_owner: event.resourceOwner,
        user_id: event.payload.userId,
        roles: JSON.stringify(event.payload.roles),
        ...madeBy(event),
      })
      .execute();
  };
}

export function memberChanged(scope: MemberTable['scope']) {
  return async (db: Database, event: MemberEvent): Promise<void> => {
    await db
      .updateTable('members')
      .set({ roles: JSON.stringify(event.payload.roles), ...touchedBy(event) })
      .where('scope', '=', scope)
      .where('scope_id', '=', event.aggregateId)
      .where('user_id', '=', event.payload.userId)
      .execute();
  };
}

export function memberRemoved(scope: MemberTable['scope']) {
  return async (db: Database, event: StoredEvent & { readonly payload: { userId: string } }): Promise<void> => {
    await db
      .deleteFrom('members')
      .where('scope', '=', scope)
      .where('scope_id', '=', event.aggregateId)
      .where('user_id', '=', event.payload.userId)
      .execute();
  };
}

async function updateInstance(db: Database, event: StoredEvent, columns: Partial<InstanceTable>): Promise<void> {
  await db
    .updateTable('instances')
    .set({ ...columns, ...touchedBy(event) })
    .where('id', '=', event.aggregateId)
    .execute();
}

async function updateOrganisation(
  db: Database,
  event: StoredEvent,
  columns: Partial<OrganisationTable>,
): Promise<void> {
  await db
    .updateTable('organisations')
    .set({ ...columns, ...touchedBy(event) })
    .where('id', '=', event.aggregateId)
    .execute();
}

async function setLockout(
  db: Database,
  event: StoredEvent & { readonly payload: { maxPasswordAttempts: number; maxOTPAttempts: number } },
): Promise<void> {
  const { maxPasswordAttempts, maxOTPAttempts } = event.payload;
  await updateInstance(db, event, { max_password_attempts: maxPasswordAttempts, max_code_attempts: maxOTPAttempts });
}

export const organisationReducers: Reducers<Exclude<keyof OrganisationEvents, `${string}.policy.login.${string}`>> = {
  'instance.added': async (db, event) => {
    await db
      .insertInto('instances')
      .values({
        id: event.aggregateId,
        name: event.payload.name,
        default_organisation_id: '',
        project_id: '',
        max_password_attempts: 0,
        max_code_attempts: 0,
        ...madeBy(event),
      })
      .execute();
  },
  'instance.default.org.set': (db, event) =>
    updateInstance(db, event, { default_organisation_id: event.payload.orgId }),
  'instance.iam.project.set': (db, event) => updateInstance(db, event, { project_id: event.payload.iamProjectId }),
  'instance.member.added': memberAdded('instance'),
  'instance.member.changed': memberChanged('instance'),
  'instance.member.removed': memberRemoved('instance'),
  'instance.policy.lockout.added': setLockout,
  'instance.policy.lockout.changed': setLockout,
  'org.added': async (db, event) => {
    await db
      .insertInto('organisations')
      .values({
        id: event.aggregateId,
        name: event.payload.name,
        state: 'active',
        primary_domain: '',
        ...madeBy(event),
      })
      .execute();
  },
  'org.changed': (db, event) => updateOrganisation(db, event, { name: event.payload.name }),
  'org.domain.added': changesNothing,
  'org.domain.verified': changesNothing,
  'org.domain.primary.set': (db, event) => updateOrganisation(db, event, { primary_domain: event.payload.domain }),
  'org.deactivated': (db, event) => updateOrganisation(db, event, { state: 'inactive' }),
  'org.reactivated': (db, event) => updateOrganisation(db, event, { state: 'active' }),
  'org.removed': async (db, event) => {
    const id = event.aggregateId;
    await db.deleteFrom('organisations').where('id', '=', id).execute();
    for (const table of [
      'users',
      'factors',
      'personal_access_tokens',
      'user_metadata',
      'projects',
      'applications',
    ] as const) {
      await db.deleteFrom(table).where('organisation_id', '=', id).execute();
    }
    await db.deleteFrom('members').where('resource_owner', '=', id).execute();
    await db.deleteFrom('sessions').where('user_organisation_id', '=', id).execute();
    await db.deleteFrom('login_policies').where('owner_id', '=', id).execute();
    await db.deleteFrom('login_policy_factors').where('owner_id', '=', id).execute();
  },
  'org.member.added': memberAdded('organisation'),
  'org.member.changed': memberChanged('organisation'),
  'org.member.removed': memberRemoved('organisation'),
};
