import { randomBytes } from 'node:crypto';
import type { OidcConfiguration } from '../../domain/application.ts';
import { alreadyExists, failedPrecondition, invalidArgument } from '../../domain/errors.ts';
import type { ChangeDetails } from '../../domain/events.ts';
import { hashToken } from '../../store/vault.ts';
import { append, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';
import { type ApplicationReference, AUTH_METHOD, projectOf, requireApplication } from './applications.ts';

/** @throws DomainError COMMAND-28di9 for an unknown application, COMMAND-2m8vx when it is called that already, V3-DKcYh when another is. */
export function renameApplication(
  context: CommandContext,
  input: ApplicationReference & { readonly name: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const application = await requireApplication(db, input, 'COMMAND-28di9');
    await requirePermission(context, db, 'project.app.write', application.organisation_id);
    if (application.name === input.name) throw failedPrecondition('COMMAND-2m8vx', 'Errors.NoChangesFound');
    const taken = await db
      .selectFrom('applications')
      .select('id')
      .where('project_id', '=', application.project_id)
      .where('name', '=', input.name)
      .executeTakeFirst();
    if (taken) throw alreadyExists('V3-DKcYh', 'Errors.Project.App.AlreadyExists');
    return append(context, db, {
      ...projectOf(application),
      type: 'project.application.changed',
      payload: { appId: application.id, name: input.name },
    });
  });
}

/**
 * Gives an application a new secret, which ends the one before. It is shown this once.
 *
 * @throws DomainError COMMAND-2g66f for an unknown application, COMMAND-Ghrh3 for one that authenticates without a secret.
 */
export function renewClientSecret(
  context: CommandContext,
  input: ApplicationReference,
): Promise<{ readonly clientSecret: string; readonly details: ChangeDetails }> {
  return context.store.change(async (db) => {
    const application = await requireApplication(db, input, 'COMMAND-2g66f');
    await requirePermission(context, db, 'project.app.write', application.organisation_id);
    const { authMethodType } = JSON.parse(application.configuration) as OidcConfiguration;
    if (authMethodType !== AUTH_METHOD.basic && authMethodType !== AUTH_METHOD.post) {
      throw invalidArgument('COMMAND-Ghrh3', 'Errors.Project.App.OIDCAuthMethodNoSecret');
    }
    const clientSecret = randomBytes(48).toString('base64url');
    const details = await append(context, db, {
      ...projectOf(application),
      type: 'project.application.config.oidc.secret.changed',
      payload: { appId: application.id, secretHash: hashToken(clientSecret) },
    });
    return { clientSecret, details };
  });
}
