import type { FactorEvents } from '../../domain/events/factor-events.ts';
import type { StoredEvent } from '../../domain/events.ts';
import type { FactorKind } from '../../domain/factors.ts';
import type { Database, FactorTable } from '../tables.ts';
import { changesNothing, type Reducers } from './reducer.ts';

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

/** Puts a factor in place of one with the same kind and token id, if there is one. */
export async function putFactor(
  db: Database,
  event: StoredEvent,
  kind: FactorKind,
  columns: Partial<FactorTable> = {},
): Promise<void> {
  const row = {
    ...NO_FACTOR,
    user_id: event.aggregateId,
    organisation_id: event.resourceOwner,
    kind,
    position: event.position,
    ...columns,
  };
  await db.replaceInto('factors').values(row).execute();
}

async function removeFactor(db: Database, event: StoredEvent, kind: FactorKind): Promise<void> {
  await db.deleteFrom('factors').where('user_id', '=', event.aggregateId).where('kind', '=', kind).execute();
}

async function countFailure(db: Database, event: StoredEvent): Promise<void> {
  await db
    .updateTable('users')
    .set((row) => ({ code_failures: row('code_failures', '+', 1) }))
    .where('id', '=', event.aggregateId)
    .execute();
}

async function forgetFailures(db: Database, event: StoredEvent): Promise<void> {
  await db.updateTable('users').set({ code_failures: 0 }).where('id', '=', event.aggregateId).execute();
}

async function forgetCode(db: Database, event: StoredEvent, purpose: 'otpEmail' | 'otpSms'): Promise<void> {
  await db.deleteFrom('codes').where('user_id', '=', event.aggregateId).where('purpose', '=', purpose).execute();
}

type Handled = Extract<keyof FactorEvents, `user.human.mfa.otp.${string}` | `user.human.mfa.recoverycode.${string}`>;

export const factorReducers: Reducers<Exclude<Handled, `${string}.code.added`>> = {
  'user.human.mfa.otp.added': (db, event) =>
    putFactor(db, event, 'totp', { state: 'notReady', sealed_secret: event.payload.otpSecret }),
  'user.human.mfa.otp.verified': async (db, event) => {
    await db
      .updateTable('factors')
      .set({ state: 'ready' })
      .where('user_id', '=', event.aggregateId)
      .where('kind', '=', 'totp')
      .execute();
  },
  'user.human.mfa.otp.removed': (db, event) => removeFactor(db, event, 'totp'),
  'user.human.mfa.otp.check.succeeded': forgetFailures,
  'user.human.mfa.otp.check.failed': countFailure,
  'user.human.mfa.otp.sms.added': (db, event) => putFactor(db, event, 'otpSms'),
  'user.human.mfa.otp.sms.removed': (db, event) => removeFactor(db, event, 'otpSms'),
  'user.human.mfa.otp.sms.code.sent': changesNothing,
  'user.human.mfa.otp.sms.check.succeeded': async (db, event) => {
    await forgetFailures(db, event);
    await forgetCode(db, event, 'otpSms');
  },
  'user.human.mfa.otp.sms.check.failed': countFailure,
  'user.human.mfa.otp.email.added': (db, event) => putFactor(db, event, 'otpEmail'),
  'user.human.mfa.otp.email.removed': (db, event) => removeFactor(db, event, 'otpEmail'),
  'user.human.mfa.otp.email.code.sent': changesNothing,
  'user.human.mfa.otp.email.check.succeeded': async (db, event) => {
    await forgetFailures(db, event);
    await forgetCode(db, event, 'otpEmail');
  },
  'user.human.mfa.otp.email.check.failed': countFailure,
  'user.human.mfa.recoverycode.added': (db, event) =>
    putFactor(db, event, 'recoveryCodes', { details: JSON.stringify(event.payload.codeMacs) }),
  'user.human.mfa.recoverycode.removed': (db, event) => removeFactor(db, event, 'recoveryCodes'),
  'user.human.mfa.recoverycode.check.succeeded': async (db, event) => {
    const row = await db
      .selectFrom('factors')
      .select('details')
      .where('user_id', '=', event.aggregateId)
      .where('kind', '=', 'recoveryCodes')
      .executeTakeFirst();
    const left = (JSON.parse(row?.details ?? '[]') as string[]).filter((mac) => mac !== event.payload.codeMac);
    await db
      .updateTable('factors')
      .set({ details: JSON.stringify(left) })
      .where('user_id', '=', event.aggregateId)
      .where('kind', '=', 'recoveryCodes')
      .execute();
    await forgetFailures(db, event);
  },
  'user.human.mfa.recoverycode.check.failed': countFailure,
};
