import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OidcRig, type RigOptions, startOidcRig } from '../../testing/oidc-rig.ts';
import { readClientIdentity } from './client-authentication.ts';
import { createIdentityProvider } from './identity-provider.ts';

let folder: string;
let rig: OidcRig;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-probe-'));
});
afterEach(async () => {
  await rig.stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (options: Partial<RigOptions> = {}) => {
  rig = await startOidcRig({ publicUrl: 'http://localhost:3000', folder, ...options });
};

async function check(keyFile = rig.keyFile, issuer = rig.issuer): Promise<void> {
  const identity = await readClientIdentity({ kind: 'privateKey', keyFile, clientId: undefined });
  await createIdentityProvider(issuer, identity, Date.now).check();
}

describe('ZITADEL', () => {
  it('is ready when it knows us by our key', async () => {
    await start();
    await expect(check()).resolves.toBeUndefined();
  });

  it('is refused when it would take the application without a key', async () => {
    await start({ clientAuthentication: 'none' });
    await expect(check()).rejects.toThrow(/needs no client authentication/);
  });

  it('is not ready when our key is not the application’s', async () => {
    await start();
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs8' });
    const other = join(folder, 'other.json');
    writeFileSync(other, JSON.stringify({ type: 'application', keyId: 'k1', key, appId: '1', clientId: 'latchkey' }));
    await expect(check(other)).rejects.toThrow(/does not take our key/);
  });

  it('is refused under another name than its own', async () => {
    await start();
    await expect(check(rig.keyFile, rig.issuer.replace('localhost', '127.0.0.1'))).rejects.toMatchObject({
      name: 'ProviderError',
      kind: 'untrusted',
    });
  });
});
