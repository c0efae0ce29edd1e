import type { Factor, FactorKind } from '@latchkey/contract/factor';
import { factorKey } from '../../i18n/sign-in/sign-in-ask.ts';

/** A removal that this page has seen succeed. `at` is milliseconds since the epoch. */
export type SeenRemoval = { readonly factor: Factor; readonly at: number };

/** A line of the card: a factor that is there, or the line that stands where one was. */
export type FactorRow =
  | { readonly kind: 'present'; readonly key: string; readonly factor: Factor }
  | { readonly kind: 'removed'; readonly key: string; readonly factor: Factor };

/**
 * How long a factor that was removed may still come back from ZITADEL's read side before we believe it. Measured: up
 * to 0.3 s; a person who enrols anew needs far longer than this.
 */
const staleReadTime = 5_000;

const order: readonly FactorKind[] = ['totp', 'u2f', 'otpSms', 'otpEmail', 'passkey', 'recoveryCodes'];

/**
 * The rows to show, each removed factor in the place where it stood.
 *
 * @param factors as last read
 * @param readAt when that was, in milliseconds since the epoch
 * @param removals what this page removed, in any order
 */
export function toFactorRows(
  factors: readonly Factor[],
  readAt: number,
  removals: readonly SeenRemoval[],
): readonly FactorRow[] {
  const present = new Map(factors.map((factor) => [factorKey(factor), factor]));
  const rows: FactorRow[] = [];
  for (const { factor, at } of removals) {
    const key = factorKey(factor);
    if (present.has(key) && readAt - at > staleReadTime) continue;
    present.delete(key);
    rows.push({ kind: 'removed', key, factor });
  }
  for (const [key, factor] of present) rows.push({ kind: 'present', key, factor });
  return rows.sort(byPlace);
}

function byPlace(a: FactorRow, b: FactorRow): number {
  const byKind = order.indexOf(a.factor.kind) - order.indexOf(b.factor.kind);
  return byKind === 0 ? nameOf(a.factor).localeCompare(nameOf(b.factor)) || (a.key < b.key ? -1 : 1) : byKind;
}

const nameOf = (factor: Factor): string => ('name' in factor ? factor.name : '');
