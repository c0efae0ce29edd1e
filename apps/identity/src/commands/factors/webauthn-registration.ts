import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server';
import { failedPrecondition, invalidArgument, notFound } from '../../domain/errors.ts';
import { type ChangeDetails, type NewEvent, userEvent } from '../../domain/events.ts';
import type { WebAuthnKind } from '../../domain/factors.ts';
import { loadInstance, loadToken, loadUser } from '../../store/load.ts';
import { newId } from '../../store/new-id.ts';
import type { Database, UserTable } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { requireSelfOr } from '../permission.ts';
import { ownerOf } from '../users/check-password.ts';
import { compareCode } from './one-time-codes.ts';
import { expectedOrigin, parseCredential } from './webauthn-origin.ts';

type RegistrationResponse = Parameters<typeof verifyRegistrationResponse>[0]['response'];

/** COSE algorithms that ZITADEL offers, in its order. */
const ALGORITHMS = [-7, -35, -36, -257, -258, -259, -37, -38, -39, -8];

const EVENT = {
  u2f: { added: 'user.human.mfa.u2f.token.added', verified: 'user.human.mfa.u2f.token.verified' },
  passkey: { added: 'user.human.passwordless.token.added', verified: 'user.human.passwordless.token.verified' },
} as const;

/** `PublicKeyCredentialCreationOptions` as JSON, under `publicKey`, as ZITADEL hands them out. */
export interface CreationOptions {
  readonly publicKey: Readonly<Record<string, unknown>>;
}

export interface StartedRegistration {
  readonly tokenId: string;
  readonly options: CreationOptions;
  readonly details: ChangeDetails;
}

/**
 * Begins a security key or passkey; it counts once `verifyWebAuthnRegistration` saw the authenticator's answer.
 *
 * @param input.rpId the domain for which the key works, for example `localhost`.
 * @throws DomainError COMMAND-5M0fs for an unknown user.
 */
export async function startWebAuthnRegistration(
  context: CommandContext,
  input: {
    readonly userId: string;
    readonly kind: WebAuthnKind;
    readonly rpId: string;
    /** Code of a registration link: whoever has it needs no right. */
    readonly link?: { readonly id: string; readonly code: string };
  },
): Promise<StartedRegistration> {
  const { name: rpName } = await loadInstance(context.store.db);
  return context.store.change(async (db) => {
    const user = await loadUser(db, input.userId);
    if (user?.kind !== 'human') throw failedPrecondition('COMMAND-5M0fs', 'Errors.User.NotFound');
    const used = input.link && (await useLink(context, db, user, input.link));
    if (!used) {
      await requireSelfOr(context, db, input.kind === 'u2f' ? 'user.write' : 'user.passkey.write', ownerOf(user));
    }
    const made = await generateRegistrationOptions({
      rpName,
      rpID: input.rpId,
      userName: user.username,
      userDisplayName: user.display_name,
      userID: new TextEncoder().encode(user.id),
      timeout: 300_000,
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
      // A passkey must know its user; a security key as second factor comes after the password.
      authenticatorSelection: { userVerification: 'required' },
    });
    const { rp, user: owner, challenge, pubKeyCredParams, timeout, attestation } = made;
    const tokenId = newId();
    const added = userEvent(ownerOf(user), EVENT[input.kind].added, {
      webAuthNTokenId: tokenId,
      challenge,
      rpID: input.rpId,
    });
    return {
      tokenId,
      options: {
        publicKey: {
          rp,
          user: owner,
          challenge,
          pubKeyCredParams,
          timeout,
          attestation,
          authenticatorSelection: { userVerification: 'required' },
        },
      },
      details: await append(context, db, added, ...(used ? [used] : [])),
    };
  });
}

/** @throws DomainError COMMAND-Eeb2a for an unknown link and for a wrong or old code. */
async function useLink(
  context: CommandContext,
  db: Database,
  user: UserTable,
  link: { readonly id: string; readonly code: string },
): Promise<NewEvent> {
  const waiting = await db
    .selectFrom('codes')
    .selectAll()
    .where('user_id', '=', user.id)
    .where('purpose', '=', 'passkeyLink')
    .where('code_id', '=', link.id)
    .executeTakeFirst();
  if (!waiting || compareCode(context, user.id, waiting, link.code)) {
    throw invalidArgument('COMMAND-Eeb2a', 'Errors.User.Code.Invalid');
  }
  return userEvent(ownerOf(user), 'user.human.passwordless.initialization.code.check.succeeded', { id: link.id });
}

/**
 * Confirms a security key or passkey with what `navigator.credentials.create` answered, as JSON.
 *
 * @throws DomainError COMMAND-3M0fs when nothing was begun, WEBAU-3M9si when the answer does not fit.
 */
export async function verifyWebAuthnRegistration(
  context: CommandContext,
  input: {
    readonly userId: string;
    readonly kind: WebAuthnKind;
    readonly tokenId: string;
    readonly name: string;
    readonly credential: unknown;
  },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const token = await loadToken(db, input.userId, input.tokenId);
    if (!token || token.kind !== input.kind || token.state === 'ready') {
      throw notFound('COMMAND-2M0fs', 'Errors.User.WebAuthN.NotFound');
    }
    const user = { id: input.userId, organisationId: token.organisation_id };
    await requireSelfOr(context, db, input.kind === 'u2f' ? 'user.write' : 'user.passkey.write', user);
    const response = parseCredential<RegistrationResponse>(input.credential);
    const verified = await verifyRegistrationResponse({
      response,
      expectedChallenge: token.challenge,
      expectedOrigin: expectedOrigin(response.response.clientDataJSON, token.rp_id),
      expectedRPID: token.rp_id,
      requireUserVerification: input.kind === 'passkey',
      supportedAlgorithmIDs: ALGORITHMS,
    }).catch((cause: unknown) => {
      throw Object.assign(invalidArgument('WEBAU-3M9si', 'Errors.User.WebAuthN.ErrorOnParseCredential'), { cause });
    });
    if (!verified.verified) throw invalidArgument('WEBAU-4g8sw', 'Errors.User.WebAuthN.CreateCredentialFailed');
    const { credential, aaguid, fmt } = verified.registrationInfo;
    return append(
      context,
      db,
      userEvent(user, EVENT[input.kind].verified, {
        webAuthNTokenId: token.token_id,
        webAuthNTokenName: input.name,
        keyID: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        attestationType: fmt,
        aaguid,
        signCount: credential.counter,
        transports: [...(credential.transports ?? [])],
      }),
    );
  });
}

/**
 * Puts in a security key or passkey whose key pair is known, without an authenticator: for demo and generated people.
 *
 * @param input.publicKey COSE key, base64url. @param input.credentialId base64url.
 */
export function putWebAuthnToken(
  context: CommandContext,
  input: {
    readonly userId: string;
    readonly kind: WebAuthnKind;
    readonly name: string;
    readonly rpId: string;
    readonly credentialId: string;
    readonly publicKey: string;
    readonly signCount: number;
  },
): Promise<{ readonly tokenId: string; readonly details: ChangeDetails }> {
  return context.store.change(async (db) => {
    const user = await loadUser(db, input.userId);
    if (!user) throw failedPrecondition('COMMAND-5M0fs', 'Errors.User.NotFound');
    await requireSelfOr(context, db, 'user.write', ownerOf(user));
    const tokenId = newId();
    const details = await append(
      context,
      db,
      userEvent(ownerOf(user), EVENT[input.kind].added, {
        webAuthNTokenId: tokenId,
        challenge: '',
        rpID: input.rpId,
      }),
      userEvent(ownerOf(user), EVENT[input.kind].verified, {
        webAuthNTokenId: tokenId,
        webAuthNTokenName: input.name,
        keyID: input.credentialId,
        publicKey: input.publicKey,
        attestationType: 'none',
        aaguid: '',
        signCount: input.signCount,
        transports: [],
      }),
    );
    return { tokenId, details };
  });
}
