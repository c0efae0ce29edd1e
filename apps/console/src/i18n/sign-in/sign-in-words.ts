import type { SecondFactorType } from '@latchkey/contract/login-policy';
import { t } from '@lingui/core/macro';
import { factorAsked } from '../factor-words.ts';
import { formatChoice } from '../format.ts';
import type { Consequence, SecondStep, SignInAsk } from './sign-in-ask.ts';

/** What sign-in asks now, in one sentence. */
export function signInWords({ second, passkey }: SignInAsk): string {
  const words = secondStepNow(second);
  return passkey ? `${words} ${t`A passkey opens the account without a password.`}` : words;
}

function secondStepNow(second: SecondStep): string {
  switch (second.kind) {
    case 'asks': {
      const factors = choice(second.kinds);
      return t`A password, then ${factors}.`;
    }
    case 'nothing':
      return t`A password only.`;
    case 'offersSetUp':
      return t`A password only. ZITADEL offers to set up a second factor, which can be skipped.`;
    case 'forcesSetUp':
      return t`A password. Then ZITADEL demands that a second factor is set up.`;
    case 'locksOut':
      return t`Nothing gets this person in by password: the policy demands a second factor and allows no type of it.`;
    case 'unknown':
      return t`Your role cannot read the login policy, so what sign-in asks is not known here.`;
  }
}

/** What follows a removal, in a sentence or two. @param name the person's display name */
export function consequenceWords(consequence: Consequence, name: string): string {
  switch (consequence.kind) {
    case 'unfinished':
      return t`Nothing changes at sign-in: its set-up was never finished.`;
    case 'notAsked':
      return t`Nothing changes at sign-in: it is not asked for there.`;
    case 'asksThen': {
      const words = secondStepThen(consequence.ask.second, name);
      return consequence.ask.passkey ? `${words} ${t`Their passkey still opens the account.`}` : words;
    }
  }
}

function secondStepThen(second: SecondStep, name: string): string {
  switch (second.kind) {
    case 'asks': {
      const factors = choice(second.kinds);
      return t`After this ${name} signs in with a password, then ${factors}.`;
    }
    case 'nothing':
      return t`After this ${name} signs in with a password only.`;
    case 'offersSetUp':
      return t`After this ${name} signs in with a password only. ZITADEL will offer to set up a second factor at the next sign-in, which can be skipped.`;
    case 'forcesSetUp':
      return t`ZITADEL will demand that ${name} sets up a second factor at the next sign-in. Until then the password alone leads there.`;
    case 'locksOut':
      return t`After this ${name} cannot sign in by password: the policy demands a second factor and allows no type of it.`;
    case 'unknown':
      return t`After this it is no longer asked for. What is asked instead depends on the login policy, which your role cannot read.`;
  }
}

const choice = (kinds: readonly SecondFactorType[]): string => formatChoice(kinds.map(factorAsked));
