import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** A software authenticator: ES256, attestation "none", user present and verified, counting. */
export class Authenticator {
  readonly #origin: string;
  readonly #keys = new Map<string, { id: Buffer; privateKey: KeyObject; count: number }>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /**
   * Makes a key pair (WebAuthn 7.1) and keeps it under `key`.
   *
   * @param options PublicKeyCredentialCreationOptions as JSON, binary parts in base64url, as they are or below `publicKey`
   * @returns the credential as JSON
   */
  create(key: string, options: JsonValue): JsonObject {
    const { challenge, rp } = publicKeyOf(options);
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const id = randomBytes(32);
    this.#keys.set(key, { id, privateKey, count: 0 });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const rpId = text(objectOf(rp).id) || new URL(this.#origin).hostname;
    const attested = Buffer.concat([Buffer.alloc(16), length, id, isoCBOR.encode(cose)]);
    const authData = Buffer.concat([authenticatorData(rpId, 0x45, 0), attested]);
    const attestation = isoCBOR.encode(
      new Map<string, string | Uint8Array | Map<string, string>>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData)],
      ]),
    );
    return credential(id, {
      attestationObject: Buffer.from(attestation).toString('base64url'),
      clientDataJSON: this.#clientData('webauthn.create', text(challenge)).toString('base64url'),
    });
  }

  /** Signs a challenge (WebAuthn 7.2) with the key kept under `key`. @returns the assertion as JSON */
  get(key: string, options: JsonValue): JsonObject {
    const { challenge, rpId } = publicKeyOf(options);
    const held = this.#keys.get(key);
    if (!held) throw new Error(`no key ${key}`);
    held.count++;
    const data = authenticatorData(text(rpId) || new URL(this.#origin).hostname, 0x05, held.count);
    const clientData = this.#clientData('webauthn.get', text(challenge));
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    return credential(held.id, {
      authenticatorData: data.toString('base64url'),
      clientDataJSON: clientData.toString('base64url'),
      signature: createSign('sha256').update(signed).sign(held.privateKey).toString('base64url'),
    });
  }

  #clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false }));
  }
}

function authenticatorData(rpId: string, flags: number, count: number): Buffer {
  const rest = Buffer.alloc(5);
  rest.writeUInt8(flags);
  rest.writeUInt32BE(count, 1);
  return Buffer.concat([createHash('sha256').update(rpId).digest(), rest]);
}

function credential(id: Buffer, response: Record<string, string>): JsonObject {
  const name = id.toString('base64url');
  return { id: name, rawId: name, type: 'public-key', response, clientExtensionResults: {} };
}

function publicKeyOf(options: JsonValue): JsonObject {
  const whole = objectOf(options);
  return 'publicKey' in whole ? objectOf(whole.publicKey) : whole;
}

function objectOf(json: JsonValue | undefined): JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {};
}

function text(json: JsonValue | undefined): string {
  return typeof json === 'string' ? json : '';
}
