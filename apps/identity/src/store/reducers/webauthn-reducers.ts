import type { FactorEvents } from '../../domain/events/factor-events.ts';
import type { EventPayloads, StoredEvent } from '../../domain/events.ts';
import type { WebAuthnKind } from '../../domain/factors.ts';
import type { Database } from '../tables.ts';
import { putFactor } from './factor-reducers.ts';
import { changesNothing, type Reducers } from './reducer.ts';

type Added = EventPayloads['user.human.mfa.u2f.token.added'];
type Verified = EventPayloads['user.human.mfa.u2f.token.verified'];
type SignCount = EventPayloads['user.human.mfa.u2f.token.signcount.changed'];
type Of<Payload> = StoredEvent & { readonly payload: Payload };

function tokenAdded(kind: WebAuthnKind) {
  return (db: Database, event: Of<Added>) =>
    putFactor(db, event, kind, {
      token_id: event.payload.webAuthNTokenId,
      state: 'notReady',
      challenge: event.payload.challenge,
      rp_id: event.payload.rpID,
    });
}

async function tokenVerified(db: Database, event: Of<Verified>): Promise<void> {
  const { payload } = event;
  await db
    .updateTable('factors')
    .set({
      state: 'ready',
      name: payload.webAuthNTokenName,
      challenge: '',
      credential_id: payload.keyID,
      public_key: payload.publicKey,
      sign_count: payload.signCount,
      details: JSON.stringify(payload.transports),
    })
    .where('user_id', '=', event.aggregateId)
    .where('token_id', '=', payload.webAuthNTokenId)
    .execute();
}

async function signCountChanged(db: Database, event: Of<SignCount>): Promise<void> {
  await db
    .updateTable('factors')
    .set({ sign_count: event.payload.signCount })
    .where('user_id', '=', event.aggregateId)
    .where('token_id', '=', event.payload.webAuthNTokenId)
    .execute();
}

/** Deletes a token of the event's kind; one of the other kind stays listed and is lost to the commands, as in ZITADEL. */
function tokenRemoved(kind: WebAuthnKind) {
  return async (db: Database, event: Of<{ webAuthNTokenId: string }>): Promise<void> => {
    const { webAuthNTokenId } = event.payload;
    await db
      .deleteFrom('factors')
      .where('user_id', '=', event.aggregateId)
      .where('token_id', '=', webAuthNTokenId)
      .where('kind', '=', kind)
      .execute();
    await db
      .updateTable('factors')
      .set({ orphaned: 1 })
      .where('user_id', '=', event.aggregateId)
      .where('token_id', '=', webAuthNTokenId)
      .execute();
  };
}

type Handled = Extract<
  keyof FactorEvents,
  `user.human.mfa.u2f.token.${string}` | `user.human.passwordless.token.${string}`
>;

export const webAuthnReducers: Reducers<Handled> = {
  'user.human.mfa.u2f.token.added': tokenAdded('u2f'),
  'user.human.mfa.u2f.token.verified': tokenVerified,
  'user.human.mfa.u2f.token.signcount.changed': signCountChanged,
  'user.human.mfa.u2f.token.removed': tokenRemoved('u2f'),
  'user.human.mfa.u2f.token.check.succeeded': changesNothing,
  'user.human.mfa.u2f.token.check.failed': changesNothing,
  'user.human.passwordless.token.added': tokenAdded('passkey'),
  'user.human.passwordless.token.verified': tokenVerified,
  'user.human.passwordless.token.signcount.changed': signCountChanged,
  'user.human.passwordless.token.removed': tokenRemoved('passkey'),
  'user.human.passwordless.token.check.succeeded': changesNothing,
  'user.human.passwordless.token.check.failed': changesNothing,
};
