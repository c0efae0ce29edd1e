import { createHash, createPrivateKey, sign } from 'node:crypto';
import { systemContext } from '../commands/context.ts';
import { startWebAuthnRegistration, verifyWebAuthnRegistration } from '../commands/factors/webauthn-registration.ts';
import type { WebAuthnKind } from '../domain/factors.ts';
import { registerInSoftware, type SoftwareCredential } from '../seed/demo/software-authenticator.ts';
import type { RunningServer } from './running-server.ts';

export const RP_ID = 'localhost';

/** Registers a key for somebody. */
export async function addKey(
  server: RunningServer,
  userId: string,
  kind: WebAuthnKind,
): Promise<SoftwareCredential & { readonly tokenId: string }> {
  const context = systemContext(server.store);
  const { tokenId, options } = await startWebAuthnRegistration(context, { userId, kind, rpId: RP_ID });
  const challenge = String(options.publicKey.challenge);
  const key = registerInSoftware({ challenge, rpId: RP_ID, origin: server.origin });
  const { registration: credential } = key;
  await verifyWebAuthnRegistration(context, { userId, kind, tokenId, name: 'Test key', credential });
  return { ...key, tokenId };
}

/** What `navigator.credentials.get` answers with this key, as JSON. */
export function answerWith(
  key: SoftwareCredential,
  options: { readonly challenge: string; readonly origin: string; readonly userVerified?: boolean },
): string {
  const flags = Buffer.from([options.userVerified ? 0x05 : 0x01]);
  const authenticatorData = Buffer.concat([createHash('sha256').update(RP_ID).digest(), flags, Buffer.alloc(4)]);
  const clientData = { type: 'webauthn.get', challenge: options.challenge, origin: options.origin, crossOrigin: false };
  const clientDataJSON = Buffer.from(JSON.stringify(clientData));
  const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientDataJSON).digest()]);
  const privateKey = createPrivateKey({ key: Buffer.from(key.privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  return JSON.stringify({
    id: key.credentialId,
    rawId: key.credentialId,
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: clientDataJSON.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: sign('sha256', signed, privateKey).toString('base64url'),
    },
  });
}

/** The challenge that a page asks a key to sign. */
export function challengeOf(body: string): string {
  const options = /data-webauthn="([^"]+)"/.exec(body)?.[1]?.replaceAll('&quot;', '"') ?? '';
  const { publicKey } = JSON.parse(options) as { publicKey: { challenge: string } };
  return publicKey.challenge;
}
