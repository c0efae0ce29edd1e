import type { SessionEvents } from '../../domain/events/session-events.ts';
import type { StoredEvent } from '../../domain/events.ts';
import type { SessionTable } from '../session-tables.ts';
import type { Database } from '../tables.ts';
import { changesNothing, madeBy, type Reducers, touchedBy } from './reducer.ts';

async function update(db: Database, event: StoredEvent, columns: Partial<SessionTable>): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ ...columns, ...touchedBy(event) })
    .where('id', '=', event.aggregateId)
    .execute();
}

export const sessionReducers: Reducers<keyof SessionEvents> = {
  'session.added': async (db, event) => {
    const { userAgent } = event.payload;
    await db
      .insertInto('sessions')
      .values({
        id: event.aggregateId,
        creator: event.editor,
        resource_owner: event.resourceOwner,
        user_id: '',
        user_organisation_id: '',
        user_checked_at: null,
        password_checked_at: null,
        totp_checked_at: null,
        otp_sms_checked_at: null,
        otp_email_checked_at: null,
        recovery_code_checked_at: null,
        webauthn_checked_at: null,
        webauthn_user_verified: 0,
        token_hash: '',
        metadata: '{}',
        user_agent: userAgent ? JSON.stringify(userAgent) : '',
        fingerprint_id: userAgent?.fingerprintId ?? '',
        expires_at: null,
        otp_sms_mac: '',
        otp_sms_expires_at: 0,
        otp_email_mac: '',
        otp_email_expires_at: 0,
        webauthn_challenge: '',
        ...madeBy(event),
      })
      .execute();
  },
  'session.user.checked': (db, event) =>
    update(db, event, {
      user_id: event.payload.userID,
      user_organisation_id: event.payload.userResourceOwner,
      user_checked_at: event.payload.checkedAt,
    }),
  'session.password.checked': (db, event) => update(db, event, { password_checked_at: event.payload.checkedAt }),
  'session.totp.checked': (db, event) => update(db, event, { totp_checked_at: event.payload.checkedAt }),
  'session.recovery.code.checked': (db, event) =>
    update(db, event, { recovery_code_checked_at: event.payload.checkedAt }),
  'session.otp.sms.challenged': (db, event) =>
    update(db, event, { otp_sms_mac: event.payload.codeMac, otp_sms_expires_at: event.payload.expiry }),
  'session.otp.sms.sent': changesNothing,
  'session.otp.sms.checked': (db, event) =>
    update(db, event, { otp_sms_checked_at: event.payload.checkedAt, otp_sms_mac: '', otp_sms_expires_at: 0 }),
  'session.otp.email.challenged': (db, event) =>
    update(db, event, { otp_email_mac: event.payload.codeMac, otp_email_expires_at: event.payload.expiry }),
  'session.otp.email.sent': changesNothing,
  'session.otp.email.checked': (db, event) =>
    update(db, event, { otp_email_checked_at: event.payload.checkedAt, otp_email_mac: '', otp_email_expires_at: 0 }),
  'session.webAuthN.challenged': (db, event) =>
    update(db, event, { webauthn_challenge: JSON.stringify(event.payload) }),
  'session.webAuthN.checked': (db, event) =>
    update(db, event, {
      webauthn_checked_at: event.payload.checkedAt,
      webauthn_user_verified: event.payload.userVerified ? 1 : 0,
      webauthn_challenge: '',
    }),
  'session.token.set': (db, event) => update(db, event, { token_hash: event.payload.tokenHash }),
  'session.metadata.set': (db, event) => update(db, event, { metadata: JSON.stringify(event.payload.metadata) }),
  'session.lifetime.set': (db, event) =>
    update(db, event, { expires_at: event.createdAt + event.payload.lifetime * 1000 }),
  'session.terminated': async (db, event) => {
    await db.deleteFrom('sessions').where('id', '=', event.aggregateId).execute();
  },
};
