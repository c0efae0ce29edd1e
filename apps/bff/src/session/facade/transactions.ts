import type { StepUpIntent } from '@latchkey/contract/session';
import type { TransactionRow } from '../../store/tables.ts';
import type { SignInChecks } from '../provider/identity-provider.ts';
import type { SessionParts } from '../session-parts.ts';
import { derive, hash, randomSecret } from '../vault/secrets.ts';

const lifetime = 600_000;

/** What the page's OIDC client sent along and wants to see again. */
export interface PageRequest {
  readonly state: string;
  readonly challenge: string;
}

/** A plain sign-in, or one that must be fresh and by the person whose session it is. */
export type Purpose =
  | { readonly kind: 'sign-in' }
  | {
      readonly kind: 'step-up';
      readonly sessionHash: string;
      readonly subject: string;
      readonly intent: StepUpIntent | null;
    };

/**
 * Begins a sign-in bound to a browser. The nonce and the PKCE verifier follow from the binding cookie and the state, so
 * that the database holds nothing with which a stolen code could be redeemed.
 *
 * @param binding the browser's binding cookie.
 */
export async function beginTransaction(
  { store, clock }: SessionParts,
  binding: string,
  page: PageRequest,
  purpose: Purpose,
): Promise<SignInChecks> {
  const state = randomSecret();
  const now = clock();
  const stepUp = purpose.kind === 'step-up' ? purpose : undefined;
  await store
    .insertInto('transactions')
    .values({
      state_hash: hash(state),
      bind_hash: hash(binding),
      page_state: page.state,
      page_challenge: page.challenge,
      purpose: purpose.kind,
      session_hash: stepUp?.sessionHash ?? null,
      subject: stepUp?.subject ?? null,
      intent: stepUp?.intent ?? null,
      started_at: now,
      expires_at: now + lifetime,
    })
    .execute();
  return checksOf(binding, state);
}

/**
 * Takes a sign-in back, once, for the browser that began it.
 *
 * @returns undefined when there is none: used, too old, or begun in another browser.
 */
export async function consumeTransaction(
  { store, clock }: SessionParts,
  binding: string,
  state: string,
): Promise<{ readonly row: TransactionRow; readonly checks: SignInChecks } | undefined> {
  const row = await store
    .deleteFrom('transactions')
    .where('state_hash', '=', hash(state))
    .where('bind_hash', '=', hash(binding))
    .returningAll()
    .executeTakeFirst();
  return row && row.expires_at > clock() ? { row, checks: checksOf(binding, state) } : undefined;
}

function checksOf(binding: string, state: string): SignInChecks {
  return { state, nonce: derive(binding, `nonce ${state}`), verifier: derive(binding, `verifier ${state}`) };
}
