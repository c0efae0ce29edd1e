import type { NewEvent } from '../domain/events.ts';
import { DEFAULT_LOGIN_POLICY, DEFAULT_SECOND_FACTORS, SECOND_FACTOR_NUMBER } from '../domain/login-policy.ts';
import { loadInstance } from '../store/load.ts';
import { newId } from '../store/new-id.ts';
import type { Store } from '../store/open-store.ts';
import { append, systemContext } from './context.ts';
import { addOrganisationWithin } from './organisations/add-organisation.ts';
import { addMember } from './organisations/members.ts';
import { addMachineUser } from './users/add-machine-user.ts';
import { addPersonalAccessToken } from './users/personal-access-tokens.ts';

/** What a first start hands out; tokens are shown this once. */
export interface SetUpInstance {
  readonly instanceId: string;
  readonly organisationId: string;
  /** The ZITADEL project: its id in a token's `aud` opens the API. */
  readonly projectId: string;
  readonly boss: { readonly userId: string; readonly token: string };
  readonly loginClient: { readonly userId: string; readonly token: string };
}

/** Whether this store has an instance already: set it up once. */
export async function isSetUp(store: Store): Promise<boolean> {
  return (await store.db.selectFrom('instances').select('id').executeTakeFirst()) !== undefined;
}

/** Ids that everything else needs. @throws Error before the set-up. */
export async function readInstance(store: Store) {
  const { id, default_organisation_id, project_id } = await loadInstance(store.db);
  return { instanceId: id, organisationId: default_organisation_id, projectId: project_id };
}

/**
 * Makes an instance as ZITADEL does at its first start: the organisation `ZITADEL` with its project, the default login
 * policy, the machine `boss` (IAM_OWNER, and ORG_OWNER at home) and the login client.
 */
export async function setUpInstance(store: Store): Promise<SetUpInstance> {
  const context = systemContext(store);
  const made = await store.change(async (db) => {
    const instanceId = newId();
    const { organisationId } = await addOrganisationWithin(context, db, { name: 'ZITADEL' });
    const projectId = newId();
    const about = { aggregateType: 'instance', aggregateId: instanceId, resourceOwner: instanceId } as const;
    const factors: NewEvent[] = DEFAULT_SECOND_FACTORS.map((factor) => ({
      ...about,
      type: 'instance.policy.login.secondfactor.added',
      payload: { mfaType: SECOND_FACTOR_NUMBER[factor] },
    }));
    await append(
      context,
      db,
      { ...about, type: 'instance.added', payload: { name: 'ZITADEL' } },
      { ...about, type: 'instance.default.org.set', payload: { orgId: organisationId } },
      { ...about, type: 'instance.iam.project.set', payload: { iamProjectId: projectId } },
      { ...about, type: 'instance.policy.login.added', payload: DEFAULT_LOGIN_POLICY },
      ...factors,
      { ...about, type: 'instance.policy.login.multifactor.added', payload: { mfaType: 1 } },
      { ...about, type: 'instance.policy.lockout.added', payload: { maxPasswordAttempts: 0, maxOTPAttempts: 0 } },
      {
        aggregateType: 'project',
        aggregateId: projectId,
        resourceOwner: organisationId,
        type: 'project.added',
        payload: { name: 'ZITADEL' },
      },
    );
    return { instanceId, organisationId, projectId };
  });
  const addMachine = async (username: string, roles: readonly string[]) => {
    const { userId } = await addMachineUser(context, { ...made, username, name: username });
    await addMember(context, { scope: { level: 'instance' }, userId, roles });
    const { token } = await addPersonalAccessToken(context, { userId });
    return { userId, token };
  };
  const boss = await addMachine('boss', ['IAM_OWNER']);
  const atHome = { level: 'organisation', id: made.organisationId } as const;
  await addMember(context, { scope: atHome, userId: boss.userId, roles: ['ORG_OWNER'] });
  return { ...made, boss, loginClient: await addMachine('login-client', ['IAM_LOGIN_CLIENT']) };
}
