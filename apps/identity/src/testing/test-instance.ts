import type { Transport } from '@connectrpc/connect';
import { createDirectTransport } from '@latchkey/transcoding/direct-transport';
import { Secret, TOTP } from 'otpauth';
import { type CommandContext, systemContext } from '../commands/context.ts';
import { addOtpEmail, addOtpSms } from '../commands/factors/one-time-codes.ts';
import { startTotp, verifyTotp } from '../commands/factors/totp.ts';
import { putWebAuthnToken } from '../commands/factors/webauthn-registration.ts';
import { addOrganisation } from '../commands/organisations/add-organisation.ts';
import { addMember } from '../commands/organisations/members.ts';
import { type SetUpInstance, setUpInstance } from '../commands/set-up-instance.ts';
import { addHumanUser } from '../commands/users/add-human-user.ts';
import { addMachineUser } from '../commands/users/add-machine-user.ts';
import { addPersonalAccessToken } from '../commands/users/personal-access-tokens.ts';
import type { FactorKind } from '../domain/factors.ts';
import { createApi } from '../rpc/api.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { completeServices } from '../transport/implementation.ts';
import { SERVICES } from '../transport/services.ts';

/** A set-up instance in memory with two organisations, for tests: the real parts, no network. */
export interface TestInstance {
  readonly store: Store;
  readonly made: SetUpInstance;
  readonly organisationA: string;
  readonly organisationB: string;
  readonly system: CommandContext;
  /** Somebody of organisation A with these factors. */
  addPerson(factors?: readonly Exclude<FactorKind, 'recoveryCodes'>[]): Promise<TestPerson>;
  /** A machine user with these roles in an organisation (or `IAM_…` on the instance), as a command's context and a token. */
  addCaller(organisationId: string, ...roles: readonly string[]): Promise<TestCaller>;
  /** The services as a client sees them, with authentication and rights. */
  readonly transport: Transport;
}

export interface TestPerson {
  readonly userId: string;
  /** Token id by kind. */
  readonly tokens: { readonly u2f: string; readonly passkey: string };
}

export interface TestCaller {
  readonly context: CommandContext;
  readonly userId: string;
  readonly token: string;
  /** For a call through the transport. */
  readonly headers: { readonly authorization: string };
}

let people = 0;

export async function openTestInstance(): Promise<TestInstance> {
  const store = await openStore(':memory:');
  const made = await setUpInstance(store);
  const system = systemContext(store);
  const { organisationId: organisationA } = await addOrganisation(system, { name: 'Acme' });
  const { organisationId: organisationB } = await addOrganisation(system, { name: 'Birch' });
  const api = createApi({
    store,
    resolveAccessToken: () => Promise.resolve(undefined),
    log: (error) => {
      throw error;
    },
  });
  return {
    store,
    made,
    organisationA,
    organisationB,
    system,
    transport: createDirectTransport({
      services: completeServices(SERVICES, api.implementations),
      interceptors: api.interceptors,
    }),

    async addPerson(factors = []) {
      people += 1;
      const { userId } = await addHumanUser(system, {
        organisationId: organisationA,
        givenName: 'Ada',
        familyName: 'Keller',
        email: `person-${people}@example.org`,
        emailVerified: true,
        phone: '+41791234567',
        phoneVerified: true,
        password: 'Correct-Horse-7',
      });
      const tokens = { u2f: '', passkey: '' };
      for (const kind of factors) {
        switch (kind) {
          case 'totp':
            await confirmTotp(system, userId);
            break;
          case 'otpEmail':
            await addOtpEmail(system, { userId });
            break;
          case 'otpSms':
            await addOtpSms(system, { userId });
            break;
          case 'u2f':
          case 'passkey':
            tokens[kind] = await putToken(system, userId, kind);
            break;
        }
      }
      return { userId, tokens };
    },

    async addCaller(organisationId, ...roles) {
      people += 1;
      const username = `machine-${people}`;
      const { userId } = await addMachineUser(system, { organisationId, username, name: username });
      const scope = roles.some((role) => role.startsWith('IAM_'))
        ? ({ level: 'instance' } as const)
        : ({ level: 'organisation', id: organisationId } as const);
      if (roles.length > 0) await addMember(system, { scope, userId, roles });
      const { token } = await addPersonalAccessToken(system, { userId });
      const context: CommandContext = { ...system, caller: { kind: 'user', userId, organisationId } };
      return { context, userId, token, headers: { authorization: `Bearer ${token}` } };
    },
  };
}

async function confirmTotp(system: CommandContext, userId: string): Promise<void> {
  const { secret } = await startTotp(system, { userId });
  await verifyTotp(system, { userId, code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() });
}

async function putToken(system: CommandContext, userId: string, kind: 'u2f' | 'passkey'): Promise<string> {
  const { tokenId } = await putWebAuthnToken(system, {
    userId,
    kind,
    name: 'Blue key',
    rpId: 'localhost',
    credentialId: `credential-${kind}`,
    publicKey: 'AAAA',
    signCount: 0,
  });
  return tokenId;
}
