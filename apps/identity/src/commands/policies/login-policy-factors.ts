import type { ChangeDetails } from '../../domain/events.ts';
import {
  multiFactorMissing,
  multiFactorPresent,
  SECOND_FACTOR_NUMBER,
  type SecondFactor,
  secondFactorMissing,
  secondFactorPresent,
} from '../../domain/login-policy.ts';
import { loadPolicyFactors } from '../../store/login-policy-queries.ts';
import { append, type CommandContext } from '../context.ts';
import { aggregateOf, type PolicyOwner } from './login-policy.ts';

/*
 * Whether there is a policy is never looked at, only the owner's own events, and nothing keeps the last factor: so it is
 * in ZITADEL (zitadel.md 2.5).
 */

interface SecondFactorInput {
  readonly owner: PolicyOwner;
  readonly factor: SecondFactor;
}

/** @throws DomainError INSTANCE-2B0ps, Org-2B0ps when it is allowed already. */
export function addSecondFactor(context: CommandContext, { owner, factor }: SecondFactorInput): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const about = await aggregateOf(db, owner);
    const { secondFactors } = await loadPolicyFactors(db, about.aggregateId);
    if (secondFactors.includes(factor)) throw secondFactorPresent(owner.level);
    const type = `${eventPrefix(owner)}.policy.login.secondfactor.added` as const;
    return append(context, db, { ...about, type, payload: { mfaType: SECOND_FACTOR_NUMBER[factor] } });
  });
}

/** @throws DomainError INSTANCE-3M9od, Org-3M9od when it is not allowed anyway. */
export function removeSecondFactor(
  context: CommandContext,
  { owner, factor }: SecondFactorInput,
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const about = await aggregateOf(db, owner);
    const { secondFactors } = await loadPolicyFactors(db, about.aggregateId);
    if (!secondFactors.includes(factor)) throw secondFactorMissing(owner.level);
    const type = `${eventPrefix(owner)}.policy.login.secondfactor.removed` as const;
    return append(context, db, { ...about, type, payload: { mfaType: SECOND_FACTOR_NUMBER[factor] } });
  });
}

/** Allows passkeys as multi factor, the only one there is. @throws DomainError INSTANCE-3M9od, Org-3M9od when it is. */
export function addMultiFactor(
  context: CommandContext,
  { owner }: { readonly owner: PolicyOwner },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const about = await aggregateOf(db, owner);
    const { multiFactors } = await loadPolicyFactors(db, about.aggregateId);
    if (multiFactors.length > 0) throw multiFactorPresent(owner.level);
    const type = `${eventPrefix(owner)}.policy.login.multifactor.added` as const;
    return append(context, db, { ...about, type, payload: { mfaType: 1 } });
  });
}

/** @throws DomainError INSTANCE-3M9df, Org-3M9df when it is not allowed anyway. */
export function removeMultiFactor(
  context: CommandContext,
  { owner }: { readonly owner: PolicyOwner },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const about = await aggregateOf(db, owner);
    const { multiFactors } = await loadPolicyFactors(db, about.aggregateId);
    if (multiFactors.length === 0) throw multiFactorMissing(owner.level);
    const type = `${eventPrefix(owner)}.policy.login.multifactor.removed` as const;
    return append(context, db, { ...about, type, payload: { mfaType: 1 } });
  });
}

function eventPrefix(owner: PolicyOwner): 'instance' | 'org' {
  return owner.level === 'instance' ? 'instance' : 'org';
}
