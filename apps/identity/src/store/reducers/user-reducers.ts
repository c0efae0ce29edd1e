import type { UserEvents } from '../../domain/events/user-events.ts';
import type { StoredEvent } from '../../domain/events.ts';
import type { CodeTable, Database, UserTable } from '../tables.ts';
import { indexUser } from '../user-index/index-user.ts';
import { changesNothing, madeBy, type Reducers, touchedBy } from './reducer.ts';

const NO_PERSON = {
  given_name: '',
  family_name: '',
  nick_name: '',
  preferred_language: '',
  gender: 'unspecified',
  email: '',
  email_verified: 0,
  phone: '',
  phone_verified: 0,
  password_hash: null,
  password_changed_at: null,
  password_change_required: 0,
  password_failures: 0,
  code_failures: 0,
  mfa_init_skipped_at: null,
  description: '',
  access_token_type: 0,
} as const;

async function update(db: Database, event: StoredEvent, columns: Partial<UserTable>): Promise<void> {
  await db
    .updateTable('users')
    .set({ ...columns, ...touchedBy(event) })
    .where('id', '=', event.aggregateId)
    .execute();
}

/** The same for what users are searched by. */
async function rename(db: Database, event: StoredEvent, columns: Partial<UserTable>): Promise<void> {
  await update(db, event, columns);
  await indexUser(db, event.aggregateId);
}

/** Counters and the like: not a change of the person that their `details` would tell of. */
async function note(db: Database, event: StoredEvent, columns: Partial<UserTable>): Promise<void> {
  await db.updateTable('users').set(columns).where('id', '=', event.aggregateId).execute();
}

/** Ends the person's sessions, too: their tokens stay dead after an unlock (zitadel.md 1.3). */
async function shutOut(db: Database, event: StoredEvent, state: UserTable['state']): Promise<void> {
  await update(db, event, { state });
  await db.deleteFrom('sessions').where('user_id', '=', event.aggregateId).execute();
}

/** A code is for the address that was there when it was sent. */
async function endCode(db: Database, event: StoredEvent, purpose: CodeTable['purpose']): Promise<void> {
  await db.deleteFrom('codes').where('user_id', '=', event.aggregateId).where('purpose', '=', purpose).execute();
}

type Handled = Exclude<
  keyof UserEvents,
  `user.human.${'password' | 'email' | 'phone'}.code.${string}` | `user.metadata.${string}`
>;

export const userReducers: Reducers<Handled | 'user.human.mfa.init.skipped'> = {
  'user.human.added': async (db, event) => {
    const { payload } = event;
    await db
      .insertInto('users')
      .values({
        ...NO_PERSON,
        id: event.aggregateId,
        organisation_id: event.resourceOwner,
        kind: 'human',
        state: payload.initial ? 'initial' : 'active',
        username: payload.userName,
        display_name: payload.displayName,
        given_name: payload.firstName,
        family_name: payload.lastName,
        nick_name: payload.nickName,
        preferred_language: payload.preferredLanguage,
        gender: payload.gender,
        email: payload.email,
        phone: payload.phone ?? '',
        password_hash: payload.encodedHash ?? null,
        password_changed_at: payload.encodedHash ? event.createdAt : null,
        password_change_required: payload.changeRequired ? 1 : 0,
        position: event.position,
        ...madeBy(event),
      })
      .execute();
    await indexUser(db, event.aggregateId);
  },
  'user.machine.added': async (db, event) => {
    const { payload } = event;
    await db
      .insertInto('users')
      .values({
        ...NO_PERSON,
        id: event.aggregateId,
        organisation_id: event.resourceOwner,
        kind: 'machine',
        state: 'active',
        username: payload.userName,
        display_name: payload.name,
        description: payload.description,
        access_token_type: payload.accessTokenType,
        position: event.position,
        ...madeBy(event),
      })
      .execute();
    await indexUser(db, event.aggregateId);
  },
  'user.username.changed': (db, event) => rename(db, event, { username: event.payload.userName }),
  'user.human.profile.changed': async (db, event) => {
    const { firstName, lastName, nickName, displayName, preferredLanguage, gender } = event.payload;
    await rename(db, event, {
      ...(firstName !== undefined && { given_name: firstName }),
      ...(lastName !== undefined && { family_name: lastName }),
      ...(nickName !== undefined && { nick_name: nickName }),
      ...(displayName !== undefined && { display_name: displayName }),
      ...(preferredLanguage !== undefined && { preferred_language: preferredLanguage }),
      ...(gender !== undefined && { gender }),
    });
  },
  'user.machine.changed': async (db, event) => {
    const { name, description, accessTokenType } = event.payload;
    await rename(db, event, {
      ...(name !== undefined && { display_name: name }),
      ...(description !== undefined && { description }),
      ...(accessTokenType !== undefined && { access_token_type: accessTokenType }),
    });
  },
  'user.human.email.changed': async (db, event) => {
    await rename(db, event, { email: event.payload.email, email_verified: 0 });
    await endCode(db, event, 'emailVerification');
  },
  'user.human.email.verified': async (db, event) => {
    await update(db, event, { email_verified: 1 });
    await endCode(db, event, 'emailVerification');
  },
  'user.human.email.verification.failed': changesNothing,
  'user.human.phone.changed': async (db, event) => {
    await rename(db, event, { phone: event.payload.phone, phone_verified: 0 });
    await endCode(db, event, 'phoneVerification');
  },
  'user.human.phone.verified': async (db, event) => {
    await update(db, event, { phone_verified: 1 });
    await endCode(db, event, 'phoneVerification');
  },
  'user.human.phone.verification.failed': changesNothing,
  // The number's end is the end of codes sent to it (zitadel.md 2.3).
  'user.human.phone.removed': async (db, event) => {
    await rename(db, event, { phone: '', phone_verified: 0 });
    await endCode(db, event, 'phoneVerification');
    await db.deleteFrom('factors').where('user_id', '=', event.aggregateId).where('kind', '=', 'otpSms').execute();
  },
  'user.human.initialization.check.succeeded': (db, event) => update(db, event, { state: 'active' }),
  'user.human.password.changed': async (db, event) => {
    await update(db, event, {
      password_hash: event.payload.encodedHash,
      password_changed_at: event.createdAt,
      password_change_required: event.payload.changeRequired ? 1 : 0,
      password_failures: 0,
    });
    await db
      .deleteFrom('codes')
      .where('user_id', '=', event.aggregateId)
      .where('purpose', '=', 'passwordReset')
      .execute();
  },
  'user.human.password.check.succeeded': (db, event) => note(db, event, { password_failures: 0 }),
  'user.human.password.check.failed': async (db, event) => {
    await db
      .updateTable('users')
      .set((row) => ({ password_failures: row('password_failures', '+', 1) }))
      .where('id', '=', event.aggregateId)
      .execute();
  },
  'user.human.signed.out': changesNothing,
  'user.human.mfa.init.skipped': (db, event) => note(db, event, { mfa_init_skipped_at: event.createdAt }),
  'user.locked': (db, event) => shutOut(db, event, 'locked'),
  'user.unlocked': (db, event) => update(db, event, { state: 'active', password_failures: 0, code_failures: 0 }),
  'user.deactivated': (db, event) => shutOut(db, event, 'inactive'),
  'user.reactivated': (db, event) => update(db, event, { state: 'active' }),
  'user.removed': async (db, event) => {
    const id = event.aggregateId;
    await db.deleteFrom('users').where('id', '=', id).execute();
    for (const table of [
      'factors',
      'codes',
      'members',
      'personal_access_tokens',
      'sessions',
      'user_metadata',
    ] as const) {
      await db.deleteFrom(table).where('user_id', '=', id).execute();
    }
  },
  'user.pat.added': async (db, event) => {
    await db
      .insertInto('personal_access_tokens')
      .values({
        id: event.payload.tokenId,
        user_id: event.aggregateId,
        organisation_id: event.resourceOwner,
        token_hash: event.payload.tokenHash,
        expires_at: event.payload.expiration,
        ...madeBy(event),
      })
      .execute();
  },
  'user.pat.removed': async (db, event) => {
    await db.deleteFrom('personal_access_tokens').where('id', '=', event.payload.tokenId).execute();
  },
};
