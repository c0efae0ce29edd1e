import type { Gender } from '../user.ts';

type Nothing = Record<string, never>;

/** `codeMac`: keyed hash of the code; the code itself is only in the sealed outbox. `expiry`: epoch milliseconds. */
interface CodeAdded {
  codeMac: string;
  expiry: number;
}

/** Events of a person's or machine's own record. Names are ZITADEL's, so that its event list reads the same. */
export interface UserEvents {
  'user.human.added': {
    userName: string;
    firstName: string;
    lastName: string;
    nickName: string;
    displayName: string;
    /** BCP 47, or `und` where the person said nothing. */
    preferredLanguage: string;
    gender: Gender;
    email: string;
    phone?: string;
    /** argon2id in PHC form; absent for a person without a password. */
    encodedHash?: string;
    changeRequired?: boolean;
    /** An unverified person who has yet to choose a password is `initial`. */
    initial?: boolean;
  };
  'user.machine.added': { userName: string; name: string; description: string; accessTokenType: number };
  'user.machine.changed': { name?: string; description?: string; accessTokenType?: number };
  'user.username.changed': { userName: string };
  'user.human.profile.changed': {
    firstName?: string;
    lastName?: string;
    nickName?: string;
    displayName?: string;
    preferredLanguage?: string;
    gender?: Gender;
  };
  'user.human.email.changed': { email: string };
  'user.human.email.verified': Nothing;
  'user.human.email.verification.failed': Nothing;
  'user.human.email.code.added': CodeAdded;
  'user.human.email.code.sent': Nothing;
  'user.human.phone.changed': { phone: string };
  'user.human.phone.verified': Nothing;
  'user.human.phone.verification.failed': Nothing;
  'user.human.phone.code.added': CodeAdded;
  'user.human.phone.code.sent': Nothing;
  'user.human.phone.removed': Nothing;
  'user.human.initialization.check.succeeded': Nothing;
  'user.human.password.changed': { encodedHash: string; changeRequired: boolean };
  'user.human.password.check.succeeded': Nothing;
  'user.human.password.check.failed': Nothing;
  'user.human.password.code.added': CodeAdded & { notificationType: number };
  'user.human.password.code.sent': Nothing;
  'user.human.signed.out': { userAgentID?: string };
  'user.locked': Nothing;
  'user.unlocked': Nothing;
  'user.deactivated': Nothing;
  'user.reactivated': Nothing;
  'user.removed': Nothing;
  /** `tokenHash`: SHA-256, base64url, of the whole token. `expiration`: epoch milliseconds. */
  'user.pat.added': { tokenId: string; expiration: number; tokenHash: string };
  'user.pat.removed': { tokenId: string };
  /** `value`: base64. */
  'user.metadata.set': { key: string; value: string };
  'user.metadata.removed': { key: string };
}
