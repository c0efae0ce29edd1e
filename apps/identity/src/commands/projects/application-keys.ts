import { createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { OidcConfiguration } from '../../domain/application.ts';
import { failedPrecondition, invalidArgument, notFound } from '../../domain/errors.ts';
import type { ChangeDetails } from '../../domain/events.ts';
import { newId } from '../../store/new-id.ts';
import { append, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';
import { type ApplicationReference, AUTH_METHOD, projectOf, requireApplication } from './applications.ts';

const NEVER = Date.UTC(9999, 11, 31, 23, 59, 59);

/** ZITADEL's own file of an application's key. */
export interface ApplicationKeyFile {
  readonly type: 'application';
  readonly keyId: string;
  /** PEM, PKCS#1 RSA, as ZITADEL writes it. */
  readonly key: string;
  readonly appId: string;
  readonly clientId: string;
}

export interface AddedApplicationKey {
  readonly keyId: string;
  /** Absent when the caller brought a public key. Its private key is shown this once. */
  readonly file?: ApplicationKeyFile;
  readonly details: ChangeDetails;
}

/**
 * Adds a key for private_key_jwt: a new pair, or the caller's public key (PEM SPKI or PKCS#1).
 *
 * @throws DomainError COMMAND-Dff54 for an application with another way to authenticate, COMMAND-SAfg2 for an unknown one.
 */
export async function addApplicationKey(
  context: CommandContext,
  input: ApplicationReference & {
    /** Epoch milliseconds; default: never. */
    readonly expiresAt?: number;
    readonly publicKey?: string;
  },
): Promise<AddedApplicationKey> {
  const pair = input.publicKey ? undefined : await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const publicKey = pair ? pair.publicKey.export({ type: 'spki', format: 'pem' }).toString() : toSpki(input.publicKey);
  return context.store.change(async (db) => {
    const application = await requireApplication(db, input, 'COMMAND-SAfg2');
    await requirePermission(context, db, 'project.app.write', application.organisation_id);
    const { clientId, authMethodType } = JSON.parse(application.configuration) as OidcConfiguration;
    if (authMethodType !== AUTH_METHOD.privateKeyJwt) {
      throw failedPrecondition('COMMAND-Dff54', 'Errors.Project.App.AuthMethodNoPrivateKeyJWT');
    }
    const keyId = newId();
    const details = await append(context, db, {
      ...projectOf(application),
      type: 'project.application.oidc.key.added',
      payload: { appId: application.id, clientId, keyId, publicKey, expirationDate: input.expiresAt ?? NEVER },
    });
    if (!pair) return { keyId, details };
    const key = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    return { keyId, details, file: { type: 'application', keyId, key, appId: application.id, clientId } };
  });
}

/** @throws DomainError COMMAND-4m77G for an unknown key. */
export function removeApplicationKey(
  context: CommandContext,
  input: ApplicationReference & { readonly keyId: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const application = await requireApplication(db, input, 'COMMAND-4m77G');
    await requirePermission(context, db, 'project.app.write', application.organisation_id);
    const key = await db
      .selectFrom('application_keys')
      .select('id')
      .where('id', '=', input.keyId)
      .where('application_id', '=', application.id)
      .executeTakeFirst();
    if (!key) throw notFound('COMMAND-4m77G', 'Errors.AuthNKey.NotFound');
    return append(context, db, {
      ...projectOf(application),
      type: 'project.application.oidc.key.removed',
      payload: { appId: application.id, keyId: input.keyId },
    });
  });
}

function toSpki(publicKey: string | undefined): string {
  try {
    return createPublicKey(publicKey ?? '')
      .export({ type: 'spki', format: 'pem' })
      .toString();
  } catch (cause) {
    throw Object.assign(invalidArgument('COMMAND-d9as2', 'Errors.AuthNKey.InvalidPublicKey'), { cause });
  }
}
