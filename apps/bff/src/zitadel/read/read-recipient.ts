import type { UserState } from '@latchkey/contract/user';
import { Problem } from '../../http/problem.ts';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { toProblem } from '../to-problem.ts';
import { toUserRecord } from '../to-user.ts';

/** A person as far as a mail to them goes. */
export interface Recipient {
  readonly userId: string;
  readonly name: string;
  readonly organisationId: string;
  readonly state: UserState;
  /** Their email, when ZITADEL has verified it. It knows one for each person. */
  readonly address: string | null;
  /** BCP 47, as ZITADEL has it; empty when they prefer none. */
  readonly language: string;
}

/** @throws Problem */
export async function readRecipient(zitadel: Zitadel, caller: AsCaller, userId: string): Promise<Recipient> {
  try {
    const { user } = await zitadel.users.getUserByID({ userId }, caller);
    const record = user && toUserRecord(user);
    if (!record) throw new Problem('not_found');
    const { emailAddress, displayName, organisationId, state } = record;
    return {
      userId,
      name: displayName,
      organisationId,
      state,
      address: emailAddress?.verified ? emailAddress.address : null,
      language: user.type.case === 'human' ? (user.type.value.profile?.preferredLanguage ?? '') : '',
    };
  } catch (error) {
    throw toProblem(error);
  }
}
