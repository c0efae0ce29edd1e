import type { OrganisationEvents } from '../../domain/events/organisation-events.ts';
import type { StoredEvent } from '../../domain/events.ts';
import type { LoginPolicyRules } from '../../domain/login-policy.ts';
import type { Database, LoginPolicyFactorTable } from '../tables.ts';
import { madeBy, type Reducers, touchedBy } from './reducer.ts';

type Level = LoginPolicyFactorTable['level'];

async function policyAdded(db: Database, event: StoredEvent & { readonly payload: LoginPolicyRules }): Promise<void> {
  await db
    .replaceInto('login_policies')
    .values({ owner_id: event.aggregateId, rules: JSON.stringify(event.payload), ...madeBy(event) })
    .execute();
}

async function policyChanged(db: Database, event: StoredEvent & { readonly payload: LoginPolicyRules }): Promise<void> {
  await db
    .updateTable('login_policies')
    .set({ rules: JSON.stringify(event.payload), ...touchedBy(event) })
    .where('owner_id', '=', event.aggregateId)
    .execute();
}

async function policyRemoved(db: Database, event: StoredEvent): Promise<void> {
  await db.deleteFrom('login_policies').where('owner_id', '=', event.aggregateId).execute();
  await db.deleteFrom('login_policy_factors').where('owner_id', '=', event.aggregateId).execute();
}

async function touchPolicy(db: Database, event: StoredEvent): Promise<void> {
  await db.updateTable('login_policies').set(touchedBy(event)).where('owner_id', '=', event.aggregateId).execute();
}

function factorAdded(level: Level) {
  return async (db: Database, event: StoredEvent & { readonly payload: { mfaType: number } }): Promise<void> => {
    await db
      .replaceInto('login_policy_factors')
      .values({ owner_id: event.aggregateId, level, factor: event.payload.mfaType, position: event.position })
      .execute();
    await touchPolicy(db, event);
  };
}

function factorRemoved(level: Level) {
  return async (db: Database, event: StoredEvent & { readonly payload: { mfaType: number } }): Promise<void> => {
    await db
      .deleteFrom('login_policy_factors')
      .where('owner_id', '=', event.aggregateId)
      .where('level', '=', level)
      .where('factor', '=', event.payload.mfaType)
      .execute();
    await touchPolicy(db, event);
  };
}

export const policyReducers: Reducers<Extract<keyof OrganisationEvents, `${string}.policy.login.${string}`>> = {
  'instance.policy.login.added': policyAdded,
  'instance.policy.login.changed': policyChanged,
  'instance.policy.login.secondfactor.added': factorAdded('second'),
  'instance.policy.login.secondfactor.removed': factorRemoved('second'),
  'instance.policy.login.multifactor.added': factorAdded('multi'),
  'instance.policy.login.multifactor.removed': factorRemoved('multi'),
  'org.policy.login.added': policyAdded,
  'org.policy.login.changed': policyChanged,
  'org.policy.login.removed': policyRemoved,
  'org.policy.login.secondfactor.added': factorAdded('second'),
  'org.policy.login.secondfactor.removed': factorRemoved('second'),
  'org.policy.login.multifactor.added': factorAdded('multi'),
  'org.policy.login.multifactor.removed': factorRemoved('multi'),
};
