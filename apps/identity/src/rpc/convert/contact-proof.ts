import type { CodeMedium } from '../../commands/users/contact-codes.ts';

/** What a request says of an address: `SendEmailVerificationCode` and its like, in all their messages. */
type Verification =
  | { readonly case: 'sendCode'; readonly value: { readonly urlTemplate?: string } | object }
  | { readonly case: 'returnCode'; readonly value: object }
  | { readonly case: 'isVerified'; readonly value: boolean }
  | { readonly case: undefined };

/** How the address is to be proved. Where nothing is said, and where `isVerified` says no, a code is sent. */
export function toProof(verification: Verification | undefined): 'verified' | CodeMedium {
  return verification?.case === 'isVerified' && verification.value ? 'verified' : toMedium(verification);
}

export function toMedium(verification: Verification | undefined): CodeMedium {
  switch (verification?.case) {
    case 'returnCode':
      return { kind: 'return' };
    case 'sendCode': {
      const { value } = verification;
      const urlTemplate = 'urlTemplate' in value ? value.urlTemplate : undefined;
      return { kind: 'send', ...(urlTemplate && { urlTemplate }) };
    }
    case 'isVerified':
    case undefined:
      return { kind: 'send' };
  }
}
