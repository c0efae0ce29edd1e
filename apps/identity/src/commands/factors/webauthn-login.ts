import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server';
import { DomainError, failedPrecondition, invalidArgument } from '../../domain/errors.ts';
import { userEvent } from '../../domain/events.ts';
import type { WebAuthnKind } from '../../domain/factors.ts';
import { loadFactors } from '../../store/load.ts';
import type { Database, FactorTable } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { expectedOrigin, parseCredential } from './webauthn-origin.ts';

type AuthenticationResponse = Parameters<typeof verifyAuthenticationResponse>[0]['response'];

const EVENT = {
  u2f: {
    signCount: 'user.human.mfa.u2f.token.signcount.changed',
    succeeded: 'user.human.mfa.u2f.token.check.succeeded',
  },
  passkey: {
    signCount: 'user.human.passwordless.token.signcount.changed',
    succeeded: 'user.human.passwordless.token.check.succeeded',
  },
} as const;

/** Keep it for `checkWebAuthn`; `options` go to `navigator.credentials.get`. */
export interface WebAuthnChallenge {
  readonly challenge: string;
  readonly rpId: string;
  readonly userVerification: 'required' | 'preferred' | 'discouraged';
  readonly options: { readonly publicKey: Readonly<Record<string, unknown>> };
}

/**
 * A challenge for the person's keys of this domain: with `required` verification of the user for their passkeys, else for
 * their security keys.
 *
 * @throws DomainError WEBAU-4G8sw when there is none to ask, a fault of the server in ZITADEL's eyes.
 */
export async function startWebAuthnCheck(
  db: Database,
  input: {
    readonly userId: string;
    readonly rpId: string;
    readonly userVerification: WebAuthnChallenge['userVerification'];
  },
): Promise<WebAuthnChallenge> {
  const tokens = (await loadFactors(db, input.userId)).filter((factor) => answers(factor, input));
  if (tokens.length === 0) throw new DomainError('internal', 'WEBAU-4G8sw', 'Errors.User.WebAuthN.BeginLoginFailed');
  const options = await generateAuthenticationOptions({
    rpID: input.rpId,
    timeout: 300_000,
    userVerification: input.userVerification,
    allowCredentials: tokens.map((token) => ({ id: token.credential_id })),
  });
  const { challenge, timeout, rpId, allowCredentials, userVerification } = options;
  return {
    challenge,
    rpId: input.rpId,
    userVerification: input.userVerification,
    options: { publicKey: { challenge, timeout, rpId, allowCredentials, userVerification } },
  };
}

export interface WebAuthnCheck {
  readonly kind: WebAuthnKind;
  readonly tokenId: string;
  readonly userVerified: boolean;
}

/**
 * Checks what the authenticator answered to a challenge, and keeps its counter.
 *
 * @param input.credential the answer of `navigator.credentials.get` as JSON.
 * @throws DomainError COMMAND-3M0fs for a key that is not the person's, WEBAU-3M9si when the answer does not fit.
 */
export function checkWebAuthn(
  context: CommandContext,
  input: {
    readonly userId: string;
    readonly challenge: Omit<WebAuthnChallenge, 'options'>;
    readonly credential: unknown;
  },
): Promise<WebAuthnCheck> {
  return context.store.change((db) => checkWebAuthnWithin(context, db, input));
}

/** The inner part, for commands with a transaction of their own. */
export async function checkWebAuthnWithin(
  context: CommandContext,
  db: Database,
  input: Parameters<typeof checkWebAuthn>[1],
): Promise<WebAuthnCheck> {
  const { rpId, challenge, userVerification } = input.challenge;
  const response = parseCredential<AuthenticationResponse>(input.credential);
  const token = (await loadFactors(db, input.userId)).find(
    (factor) => answers(factor, input.challenge) && factor.credential_id === response.id,
  );
  if (!token || !isWebAuthn(token.kind)) throw failedPrecondition('COMMAND-3M0fs', 'Errors.User.WebAuthN.NotFound');
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: expectedOrigin(response.response.clientDataJSON, rpId),
    expectedRPID: rpId,
    requireUserVerification: userVerification === 'required',
    credential: {
      id: token.credential_id,
      publicKey: new Uint8Array(Buffer.from(token.public_key, 'base64url')),
      counter: token.sign_count,
    },
  }).catch((cause: unknown) => {
    throw Object.assign(invalidArgument('WEBAU-3M9si', 'Errors.User.WebAuthN.ErrorOnParseCredential'), { cause });
  });
  if (!verified.verified) throw invalidArgument('WEBAU-3M9si', 'Errors.User.WebAuthN.ValidateLoginFailed');
  const user = { id: input.userId, organisationId: token.organisation_id };
  const { newCounter, userVerified } = verified.authenticationInfo;
  await append(
    context,
    db,
    userEvent(user, EVENT[token.kind].succeeded, {}),
    userEvent(user, EVENT[token.kind].signCount, { webAuthNTokenId: token.token_id, signCount: newCounter }),
  );
  return { kind: token.kind, tokenId: token.token_id, userVerified };
}

function isWebAuthn(kind: FactorTable['kind']): kind is WebAuthnKind {
  return kind === 'u2f' || kind === 'passkey';
}

/** Whether a key may answer a challenge: of its domain, and a passkey where the user must be verified. */
function answers(factor: FactorTable, challenge: Pick<WebAuthnChallenge, 'rpId' | 'userVerification'>): boolean {
  const kind: WebAuthnKind = challenge.userVerification === 'required' ? 'passkey' : 'u2f';
  const usable = factor.state === 'ready' && factor.orphaned === 0;
  return usable && factor.kind === kind && factor.rp_id === challenge.rpId;
}
