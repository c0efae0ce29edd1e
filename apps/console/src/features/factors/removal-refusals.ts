import type { Factor } from '@latchkey/contract/factor';
import type { User } from '@latchkey/contract/user';
import { explainAllowance, type StatedRefusal } from '../../i18n/explain-allowance.ts';
import { factorWord } from '../../i18n/factor-words.ts';
import { formatList } from '../../i18n/format.ts';
import { factorKey } from '../../i18n/sign-in/sign-in-ask.ts';

/** A reason why some factors cannot be removed by the viewer. */
export type RemovalRefusal = {
  readonly id: string;
  /** To be said here; null when the page has said it already, under the same id. */
  readonly words: string | null;
  /** Of the factors it concerns. */
  readonly keys: readonly string[];
};

/** Each reason once, with the factors that it concerns. @param stated what the page says above, if anything */
export function removalRefusals(
  actions: User['actions'],
  factors: readonly Factor[],
  stated: StatedRefusal | null,
): readonly RemovalRefusal[] {
  const byWords = new Map<string, Factor[]>();
  for (const factor of factors) {
    // Recovery codes need a right of their own: ZITADEL asks for another permission.
    const words = explainAllowance(
      factor.kind === 'recoveryCodes' ? actions.removeRecoveryCodes : actions.removeFactor,
    );
    if (words !== null) byWords.set(words, [...(byWords.get(words) ?? []), factor]);
  }
  return [...byWords].map(([words, concerned], index) => {
    const keys = concerned.map(factorKey);
    if (words === stated?.words) return { id: stated.id, words: null, keys };
    return { id: `factors-refusal-${index}`, words: `${kindWords(concerned)}: ${words}`, keys };
  });
}

const kindWords = (factors: readonly Factor[]): string =>
  formatList([...new Set(factors.map(({ kind }) => factorWord(kind)))]);
