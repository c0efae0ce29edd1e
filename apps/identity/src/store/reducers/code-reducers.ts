import type { EventPayloads, StoredEvent } from '../../domain/events.ts';
import type { CodeTable, Database } from '../tables.ts';
import { changesNothing, type Reducers } from './reducer.ts';

interface Code {
  codeMac: string;
  expiry: number;
  id?: string;
}

function codeAdded(purpose: CodeTable['purpose']) {
  return async (db: Database, event: StoredEvent & { readonly payload: Code }): Promise<void> => {
    const { codeMac, expiry, id } = event.payload;
    await db
      .replaceInto('codes')
      .values({ user_id: event.aggregateId, purpose, code_id: id ?? '', code_mac: codeMac, expires_at: expiry })
      .execute();
  };
}

type Handled =
  | Extract<
      keyof EventPayloads,
      | `user.human.passwordless.initialization.${string}`
      | `user.human.password.code.${string}`
      | `user.human.email.code.${string}`
      | `user.human.phone.code.${string}`
    >
  | 'user.human.mfa.otp.sms.code.added'
  | 'user.human.mfa.otp.email.code.added';

export const codeReducers: Reducers<Handled> = {
  'user.human.mfa.otp.sms.code.added': codeAdded('otpSms'),
  'user.human.mfa.otp.email.code.added': codeAdded('otpEmail'),
  'user.human.email.code.added': codeAdded('emailVerification'),
  'user.human.email.code.sent': changesNothing,
  'user.human.phone.code.added': codeAdded('phoneVerification'),
  'user.human.phone.code.sent': changesNothing,
  'user.human.password.code.added': codeAdded('passwordReset'),
  'user.human.password.code.sent': changesNothing,
  'user.human.passwordless.initialization.code.added': codeAdded('passkeyLink'),
  'user.human.passwordless.initialization.code.requested': codeAdded('passkeyLink'),
  'user.human.passwordless.initialization.code.sent': changesNothing,
  'user.human.passwordless.initialization.code.check.succeeded': async (db, event) => {
    await db
      .deleteFrom('codes')
      .where('user_id', '=', event.aggregateId)
      .where('purpose', '=', 'passkeyLink')
      .where('code_id', '=', event.payload.id)
      .execute();
  },
};
