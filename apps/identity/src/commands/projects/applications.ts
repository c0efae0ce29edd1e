import { randomBytes } from 'node:crypto';
import type { OidcConfiguration } from '../../domain/application.ts';
import { alreadyExists, failedPrecondition, notFound } from '../../domain/errors.ts';
import type { ChangeDetails } from '../../domain/events.ts';
import { newId } from '../../store/new-id.ts';
import type { Database } from '../../store/tables.ts';
import { hashToken } from '../../store/vault.ts';
import { append, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';
import { aggregateOf, loadProject } from './projects.ts';

/** `zitadel.app.v1.OIDCAuthMethodType`. */
export const AUTH_METHOD = { basic: 0, post: 1, none: 2, privateKeyJwt: 3 } as const;

/** What a new web application has where nothing else is asked for. */
const BLANK: OidcConfiguration = {
  clientId: '',
  redirectUris: [],
  postLogoutRedirectUris: [],
  responseTypes: [0],
  grantTypes: [0],
  appType: 0,
  authMethodType: AUTH_METHOD.basic,
  accessTokenType: 0,
  devMode: false,
  backChannelLogoutUri: '',
  accessTokenRoleAssertion: false,
  idTokenRoleAssertion: false,
  idTokenUserinfoAssertion: false,
  additionalOrigins: [],
  clockSkew: 0,
  skipNativeAppSuccessPage: false,
};

export interface AddedApplication {
  readonly applicationId: string;
  readonly clientId: string;
  /** Only for methods with a secret; shown this once. */
  readonly clientSecret?: string;
  readonly details: ChangeDetails;
}

/**
 * Adds an OIDC application to a project.
 *
 * @throws DomainError COMMAND-EbFMN for an unknown project, V3-DKcYh when the project has an application of that name.
 */
export function addOidcApplication(
  context: CommandContext,
  input: {
    readonly projectId: string;
    readonly resourceOwner?: string;
    readonly name: string;
    readonly configuration: Partial<Omit<OidcConfiguration, 'clientId'>>;
  },
): Promise<AddedApplication> {
  return context.store.change(async (db) => {
    const project = await loadProject(db, input.projectId);
    if (!project || (input.resourceOwner && project.organisation_id !== input.resourceOwner)) {
      throw failedPrecondition('COMMAND-EbFMN', 'Errors.Project.NotFound');
    }
    await requirePermission(context, db, 'project.app.write', project.organisation_id);
    const taken = await db
      .selectFrom('applications')
      .select('id')
      .where('project_id', '=', project.id)
      .where('name', '=', input.name)
      .executeTakeFirst();
    if (taken) throw alreadyExists('V3-DKcYh', 'Errors.Project.App.AlreadyExists');
    const applicationId = newId();
    const config = { ...BLANK, ...input.configuration, clientId: newId() };
    const needsSecret = config.authMethodType === AUTH_METHOD.basic || config.authMethodType === AUTH_METHOD.post;
    const clientSecret = needsSecret ? randomBytes(48).toString('base64url') : undefined;
    const about = aggregateOf(project);
    const details = await append(
      context,
      db,
      { ...about, type: 'project.application.added', payload: { appId: applicationId, name: input.name } },
      {
        ...about,
        type: 'project.application.config.oidc.added',
        payload: { appId: applicationId, config, ...(clientSecret && { secretHash: hashToken(clientSecret) }) },
      },
    );
    return { applicationId, clientId: config.clientId, ...(clientSecret && { clientSecret }), details };
  });
}

/**
 * Changes what an application may do; fields left out stay.
 *
 * @throws DomainError COMMAND-2n8uU for an unknown application, COMMAND-1m88i when nothing would change.
 */
export function changeOidcApplication(
  context: CommandContext,
  input: {
    readonly applicationId: string;
    readonly resourceOwner?: string;
    readonly configuration: Partial<Omit<OidcConfiguration, 'clientId'>>;
  },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const application = await requireApplication(db, input, 'COMMAND-2n8uU');
    await requirePermission(context, db, 'project.app.write', application.organisation_id);
    const before = JSON.parse(application.configuration) as OidcConfiguration;
    const config = { ...before, ...input.configuration };
    if (JSON.stringify(config) === application.configuration) {
      throw failedPrecondition('COMMAND-1m88i', 'Errors.NoChangesFound');
    }
    return append(context, db, {
      ...projectOf(application),
      type: 'project.application.config.oidc.changed',
      payload: { appId: application.id, config },
    });
  });
}

/** @throws DomainError COMMAND-0po9s for an unknown application. */
export function removeApplication(
  context: CommandContext,
  input: { readonly applicationId: string; readonly projectId?: string; readonly resourceOwner?: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const application = await requireApplication(db, input, 'COMMAND-0po9s');
    await requirePermission(context, db, 'project.app.delete', application.organisation_id);
    return append(context, db, {
      ...projectOf(application),
      type: 'project.application.removed',
      payload: { appId: application.id },
    });
  });
}

export interface ApplicationReference {
  readonly applicationId: string;
  readonly projectId?: string;
  readonly resourceOwner?: string;
}

export async function requireApplication(db: Database, input: ApplicationReference, missingId: string) {
  const row = await db.selectFrom('applications').selectAll().where('id', '=', input.applicationId).executeTakeFirst();
  const elsewhere =
    (input.projectId && row?.project_id !== input.projectId) ||
    (input.resourceOwner && row?.organisation_id !== input.resourceOwner);
  if (!row || elsewhere) throw notFound(missingId, 'Errors.Project.App.NotExisting');
  return row;
}

export function projectOf(application: { readonly project_id: string; readonly organisation_id: string }) {
  return aggregateOf({ id: application.project_id, organisation_id: application.organisation_id });
}
