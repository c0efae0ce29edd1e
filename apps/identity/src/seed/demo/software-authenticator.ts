import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { encodeCbor } from './encode-cbor.ts';

/** Flags of authenticator data (WebAuthn level 3, section 6.1): user present, user verified, credential attached. */
const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTACHED = 0x40;

/** A key pair of an authenticator that exists in software only. */
export interface SoftwareCredential {
  /** Base64url. */
  readonly credentialId: string;
  /** PKCS#8, base64. */
  readonly privateKey: string;
  /** What `navigator.credentials.create` would have answered, as JSON. */
  readonly registration: unknown;
}

/**
 * Makes an ES256 key pair and answers a registration with it: attestation "none", user present and verified.
 *
 * @param origin of the page that would have asked.
 */
export function registerInSoftware(options: {
  readonly challenge: string;
  readonly rpId: string;
  readonly origin: string;
}): SoftwareCredential {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  const credentialId = id.toString('base64url');
  const authData = Buffer.concat([
    createHash('sha256').update(options.rpId).digest(),
    Buffer.from([PRESENT | VERIFIED | ATTACHED]),
    Buffer.alloc(4),
    Buffer.alloc(16),
    Buffer.from([0, id.length]),
    id,
    encodeCbor(coseKey(publicKey)),
  ]);
  const clientData = {
    type: 'webauthn.create',
    challenge: options.challenge,
    origin: options.origin,
    crossOrigin: false,
  };
  const attestation = new Map<string, unknown>([
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', authData],
  ]);
  return {
    credentialId,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    registration: {
      id: credentialId,
      rawId: credentialId,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: Buffer.from(JSON.stringify(clientData)).toString('base64url'),
        attestationObject: encodeCbor(attestation).toString('base64url'),
        transports: ['internal'],
      },
    },
  };
}

/** COSE_Key of an ES256 public key (RFC 9053 section 7.1): type EC2, algorithm ES256, curve P-256, x, y. */
function coseKey(publicKey: KeyObject): Map<number, unknown> {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ]);
}
