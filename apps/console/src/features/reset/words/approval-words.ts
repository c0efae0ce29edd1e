import { t } from '@lingui/core/macro';

/** Why a second person has to agree. */
export function approvalBecause(because: 'admin' | 'lastFactorOfAdmin'): string {
  switch (because) {
    case 'admin':
      return t`The person is an admin.`;
    case 'lastFactorOfAdmin':
      return t`The person is an admin, and this takes their last factor.`;
  }
}

/** Nobody could approve. */
export const tooFewWords = (): string =>
  t`As things stand nobody else could approve it. Your operator has the way out: “Too few people” in the operation guide.`;
