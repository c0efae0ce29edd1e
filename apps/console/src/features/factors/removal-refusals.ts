import type { Factor } from '@latchkey/contract/factor';
import type { User } from '@latchkey/contract/user';
import { explainAllowance } from '../../i18n/explain-allowance.ts';
import { factorWord } from '../../i18n/factor-words.ts';
import { formatList } from '../../i18n/format.ts';
import { factorKey } from './sign-in-ask.ts';

/** A reason why some factors cannot be removed by the viewer. */
export type RemovalRefusal = {
  readonly id: string;
  readonly words: string;
  /** The kinds it concerns, in words; null when it concerns all that is there. */
  readonly concerned: string | null;
  /** Of the factors it concerns. */
  readonly keys: readonly string[];
};

/** Each reason once, with the factors that it concerns. */
export function removalRefusals(actions: User['actions'], factors: readonly Factor[]): readonly RemovalRefusal[] {
  const byWords = new Map<string, Factor[]>();
  for (const factor of factors) {
    // Recovery codes need a right of their own: ZITADEL asks for another permission.
    const words = explainAllowance(
      factor.kind === 'recoveryCodes' ? actions.removeRecoveryCodes : actions.removeFactor,
    );
    if (words !== null) byWords.set(words, [...(byWords.get(words) ?? []), factor]);
  }
  return [...byWords].map(([words, concerned], index) => ({
    id: `factors-refusal-${index}`,
    words,
    concerned: concerned.length === factors.length ? null : formatList(kindWords(concerned)),
    keys: concerned.map(factorKey),
  }));
}

const kindWords = (factors: readonly Factor[]): readonly string[] => [
  ...new Set(factors.map(({ kind }) => factorWord(kind))),
];
