import { createECDH, createHash } from 'node:crypto';
import { type NewEvent, userEvent } from '../../domain/events.ts';
import type { WebAuthnKind } from '../../domain/factors.ts';
import { displayNameOf } from '../../domain/user.ts';
import type { Vault } from '../../store/vault.ts';
import { encodeCbor } from '../demo/encode-cbor.ts';
import { type GeneratedPerson, keyIdOf, totpSecretOf } from './generated-person.ts';

const KEY_NAMES = ['Blue key', 'Desk key', 'Keyring', 'Phone', 'Laptop'] as const;

const TOKEN_EVENT = {
  u2f: ['user.human.mfa.u2f.token.added', 'user.human.mfa.u2f.token.verified'],
  passkey: ['user.human.passwordless.token.added', 'user.human.passwordless.token.verified'],
} as const;

const STATE_EVENT = { locked: 'user.locked', inactive: 'user.deactivated' } as const;

export interface PersonContext {
  readonly number: number;
  /** The one of all generated people. */
  readonly passwordHash: string;
  readonly vault: Vault;
}

/** What happened to a generated person so far: the same events as if they had come by themselves. */
export function eventsOf(person: GeneratedPerson, index: number, context: PersonContext): readonly NewEvent[] {
  const user = { id: person.id, organisationId: person.organisationId };
  const events: NewEvent[] = [
    userEvent(user, 'user.human.added', {
      userName: person.email,
      firstName: person.givenName,
      lastName: person.familyName,
      nickName: '',
      displayName: displayNameOf(person.givenName, person.familyName),
      preferredLanguage: person.language,
      gender: person.gender,
      email: person.email,
      ...(person.phone && { phone: person.phone }),
      ...(person.state === 'initial'
        ? { initial: true }
        : { encodedHash: context.passwordHash, changeRequired: false }),
    }),
  ];
  if (person.state === 'initial') return events;
  events.push(userEvent(user, 'user.human.email.verified', {}));
  if (person.phone) events.push(userEvent(user, 'user.human.phone.verified', {}));
  for (const [nth, kind] of person.factors.entries()) {
    switch (kind) {
      case 'totp': {
        const otpSecret = context.vault.seal(totpSecretOf(context.number, index), 'totp secret');
        events.push(userEvent(user, 'user.human.mfa.otp.added', { otpSecret }));
        events.push(userEvent(user, 'user.human.mfa.otp.verified', {}));
        break;
      }
      case 'otpEmail':
        events.push(userEvent(user, 'user.human.mfa.otp.email.added', {}));
        break;
      case 'otpSms':
        events.push(userEvent(user, 'user.human.mfa.otp.sms.added', {}));
        break;
      case 'u2f':
      case 'passkey':
        events.push(...keyEvents(user, kind, keyIdOf(context.number, index, nth), nth));
        break;
    }
  }
  if (person.state !== 'active') events.push(userEvent(user, STATE_EVENT[person.state], {}));
  return events;
}

function keyEvents(
  user: { readonly id: string; readonly organisationId: string },
  kind: WebAuthnKind,
  tokenId: string,
  nth: number,
): readonly NewEvent[] {
  const [added, verified] = TOKEN_EVENT[kind];
  const { credentialId, publicKey } = keyOf(tokenId);
  return [
    userEvent(user, added, { webAuthNTokenId: tokenId, challenge: '', rpID: 'localhost' }),
    userEvent(user, verified, {
      webAuthNTokenId: tokenId,
      webAuthNTokenName: KEY_NAMES[nth % KEY_NAMES.length] ?? '',
      keyID: credentialId,
      publicKey,
      attestationType: 'none',
      aaguid: '00000000-0000-0000-0000-000000000000',
      signCount: 0,
      transports: ['internal'],
    }),
  ];
}

/** A P-256 key that comes of its id, as COSE_Key (RFC 9053 section 7.1). */
function keyOf(tokenId: string): { readonly credentialId: string; readonly publicKey: string } {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(createHash('sha256').update(`latchkey generated ${tokenId}`).digest());
  const point = pair.getPublicKey();
  const cose = new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, point.subarray(1, 33)],
    [-3, point.subarray(33, 65)],
  ]);
  return {
    credentialId: createHash('sha256').update(`credential ${tokenId}`).digest('base64url'),
    publicKey: encodeCbor(cose).toString('base64url'),
  };
}
