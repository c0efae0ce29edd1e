import type { ReasonBody } from '@latchkey/contract/removal';
import type { ResetChoice } from '@latchkey/contract/reset';
import { Problem } from '../../http/problem.ts';
import { findMissing } from './plan-steps.ts';
import type { PersonFacts } from './read-facts.ts';

/**
 * @param pattern what the operator wants of every ticket; with one a case cannot do without.
 * @throws Problem `invalid_input`
 */
export function checkTicket({ ticket }: ReasonBody, pattern: RegExp | undefined): void {
  if (pattern && !pattern.test(ticket ?? '')) {
    throw invalid([{ path: 'ticket', message: "is not as this house's tickets are" }]);
  }
}

/**
 * Refuses a choice that names what is not there (any more), or that comes to nothing.
 *
 * @throws Problem `invalid_input`
 */
export function checkChoice(
  choice: ResetChoice,
  { factors, sessions }: Pick<PersonFacts, 'factors' | 'sessions'>,
): void {
  const missing = findMissing(choice, factors, sessions ?? []);
  if (missing.length > 0) throw invalid(missing.map((path) => ({ path, message: 'is not there' })));
  if (choice.keepLocked && !choice.lock) {
    throw invalid([{ path: 'choice.keepLocked', message: 'is only for an account that is locked' }]);
  }
  const endsNothing = choice.sessions !== 'all' && choice.sessions.length === 0;
  if (choice.remove.length === 0 && endsNothing && !choice.lock && choice.reenrolment === 'none') {
    throw invalid([{ path: 'choice', message: 'is nothing to do' }]);
  }
}

/**
 * Refuses what would unlock an account whose person said "this was not me": that is a deliberate act on their page.
 *
 * @throws Problem `invalid_input`
 */
export function refuseUnlock({ lock, keepLocked }: ResetChoice): void {
  if (lock && !keepLocked)
    throw invalid([{ path: 'choice.keepLocked', message: 'has to be: the person said it was not them' }]);
}

function invalid(fields: { path: string; message: string }[]): Problem {
  return new Problem('invalid_input', { fields });
}
