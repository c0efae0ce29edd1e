import { domainOf } from '../../commands/organisations/add-organisation.ts';
import type { StoredEvent } from '../../domain/events.ts';
import { displayNameOf } from '../../domain/user.ts';
import type { FactorTable } from '../../store/tables.ts';
import type { Batch } from './batch.ts';
import type { GeneratedPerson } from './generated-person.ts';
import type { GeneratedOrganisation } from './organisation.ts';
import { eventsOf, type PersonContext } from './person-events.ts';

const NO_FACTOR = {
  token_id: '',
  state: 'ready',
  name: '',
  orphaned: 0,
  rp_id: '',
  challenge: '',
  credential_id: '',
  public_key: '',
  sign_count: 0,
  sealed_secret: '',
  details: '[]',
} as const;

/** Adds an organisation's events and row to a batch. @param createdAt epoch milliseconds. */
export function addOrganisation(batch: Batch, { id, name }: GeneratedOrganisation, createdAt: number): void {
  const about = { aggregateType: 'org', aggregateId: id, resourceOwner: id } as const;
  const domain = domainOf(name);
  batch.addEvents(
    [
      { ...about, type: 'org.added', payload: { name } },
      { ...about, type: 'org.domain.added', payload: { domain } },
      { ...about, type: 'org.domain.verified', payload: { domain } },
      { ...about, type: 'org.domain.primary.set', payload: { domain } },
    ],
    createdAt,
  );
  batch.addOrganisation({
    id,
    sequence: 4,
    created_at: createdAt,
    changed_at: createdAt,
    name,
    state: 'active',
    primary_domain: domain,
  });
}

/** Adds a person's events and rows to a batch. The rows are what the reducers make of the events; a test says so. */
export function addPerson(batch: Batch, person: GeneratedPerson, index: number, context: PersonContext): void {
  const events = eventsOf(person, index, context);
  const positions = batch.addEvents(events, person.createdAt);
  const ready = person.state !== 'initial';
  // Factors are no change of the person: their sequence stands still meanwhile.
  const touched = events.findLastIndex(({ type }) => !/^user\.human\.(mfa|passwordless)\./.test(type));
  const factors: FactorTable[] = [];
  for (const [at, event] of events.entries()) {
    const factor = factorOf(event as StoredEvent);
    if (factor) {
      const row = { user_id: person.id, organisation_id: person.organisationId, ...NO_FACTOR, ...factor };
      factors.push({ ...row, position: positions[at] ?? 0 });
    }
    if (event.type.endsWith('.token.verified')) confirmKey(factors.at(-1), event as StoredEvent);
  }
  batch.addUser(
    {
      id: person.id,
      sequence: touched + 1,
      created_at: person.createdAt,
      changed_at: person.createdAt,
      organisation_id: person.organisationId,
      kind: 'human',
      state: person.state,
      username: person.email,
      display_name: displayNameOf(person.givenName, person.familyName),
      given_name: person.givenName,
      family_name: person.familyName,
      nick_name: '',
      preferred_language: person.language,
      gender: person.gender,
      email: person.email,
      email_verified: ready ? 1 : 0,
      phone: person.phone ?? '',
      phone_verified: ready && person.phone ? 1 : 0,
      password_hash: ready ? context.passwordHash : null,
      password_changed_at: ready ? person.createdAt : null,
      password_change_required: 0,
      password_failures: 0,
      code_failures: 0,
      mfa_init_skipped_at: null,
      description: '',
      access_token_type: 0,
      position: positions[0] ?? 0,
    },
    factors,
  );
}

type FactorColumns = Pick<FactorTable, 'kind'> & Partial<FactorTable>;

function factorOf(event: StoredEvent): FactorColumns | undefined {
  switch (event.type) {
    case 'user.human.mfa.otp.added':
      return { kind: 'totp', sealed_secret: (event as StoredEvent<typeof event.type>).payload.otpSecret };
    case 'user.human.mfa.otp.email.added':
      return { kind: 'otpEmail' };
    case 'user.human.mfa.otp.sms.added':
      return { kind: 'otpSms' };
    case 'user.human.mfa.u2f.token.added':
      return { kind: 'u2f' };
    case 'user.human.passwordless.token.added':
      return { kind: 'passkey' };
    default:
      return undefined;
  }
}

function confirmKey(row: FactorTable | undefined, event: StoredEvent): void {
  const { payload } = event as StoredEvent<'user.human.mfa.u2f.token.verified'>;
  if (!row) return;
  row.token_id = payload.webAuthNTokenId;
  row.rp_id = 'localhost';
  row.name = payload.webAuthNTokenName;
  row.credential_id = payload.keyID;
  row.public_key = payload.publicKey;
  row.sign_count = payload.signCount;
  row.details = JSON.stringify(payload.transports);
}
