import { alreadyExists, failedPrecondition, notFound } from '../../domain/errors.ts';
import type { ChangeDetails, NewEvent } from '../../domain/events.ts';
import {
  type LoginPolicyRules,
  type MultiFactor,
  SECOND_FACTOR_NUMBER,
  type SecondFactor,
} from '../../domain/login-policy.ts';
import { loadInstance } from '../../store/load.ts';
import { loadPolicyOf } from '../../store/login-policy-queries.ts';
import type { Database } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';

/** Whose policy: the instance's, or an organisation's own. */
export type PolicyOwner = { readonly level: 'instance' } | { readonly level: 'organisation'; readonly id: string };

/**
 * Replaces what a policy says, factors apart.
 *
 * @throws DomainError INSTANCE-5M9vdd (Org-5M9vdd) when it says so already, Org-M0sif when the organisation has none.
 */
export function changeLoginPolicy(
  context: CommandContext,
  { owner, rules }: { readonly owner: PolicyOwner; readonly rules: LoginPolicyRules },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const about = await aggregateOf(db, owner);
    const before = await loadPolicyOf(db, about.aggregateId, false);
    if (!before) {
      throw owner.level === 'instance'
        ? notFound('INSTANCE-M0sif', 'Errors.Instance.LoginPolicy.NotFound')
        : notFound('Org-M0sif', 'Errors.Org.LoginPolicy.NotFound');
    }
    const fields = Object.keys(rules) as (keyof LoginPolicyRules)[];
    if (fields.every((field) => rules[field] === before[field])) {
      throw owner.level === 'instance'
        ? failedPrecondition('INSTANCE-5M9vdd', 'Errors.Instance.LoginPolicy.NotChanged')
        : failedPrecondition('Org-5M9vdd', 'Errors.Org.LoginPolicy.NotChanged');
    }
    const type = owner.level === 'instance' ? 'instance.policy.login.changed' : 'org.policy.login.changed';
    return append(context, db, { ...about, type, payload: rules });
  });
}

/** Gives an organisation a policy of its own. @throws DomainError Org-Dgfb2 when it has one. */
export function addLoginPolicy(
  context: CommandContext,
  input: {
    readonly organisationId: string;
    readonly rules: LoginPolicyRules;
    readonly secondFactors: readonly SecondFactor[];
    readonly multiFactors: readonly MultiFactor[];
  },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const about = await aggregateOf(db, { level: 'organisation', id: input.organisationId });
    if (await loadPolicyOf(db, input.organisationId, false)) {
      throw alreadyExists('Org-Dgfb2', 'Errors.Org.LoginPolicy.AlreadyExists');
    }
    const second = input.secondFactors.map(
      (factor): NewEvent => ({
        ...about,
        type: 'org.policy.login.secondfactor.added',
        payload: { mfaType: SECOND_FACTOR_NUMBER[factor] },
      }),
    );
    const multi = input.multiFactors.map(
      (): NewEvent => ({ ...about, type: 'org.policy.login.multifactor.added', payload: { mfaType: 1 } }),
    );
    const added: NewEvent = { ...about, type: 'org.policy.login.added', payload: input.rules };
    return append(context, db, added, ...second, ...multi);
  });
}

/** Takes an organisation's own policy away: the instance's applies again. @throws DomainError Org-GHB37 without one. */
export function resetLoginPolicy(
  context: CommandContext,
  { organisationId }: { readonly organisationId: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    if (!(await loadPolicyOf(db, organisationId, false))) {
      throw notFound('Org-GHB37', 'Errors.Org.LoginPolicy.NotFound');
    }
    const about = await aggregateOf(db, { level: 'organisation', id: organisationId });
    return append(context, db, { ...about, type: 'org.policy.login.removed', payload: {} });
  });
}

export async function aggregateOf(db: Database, owner: PolicyOwner) {
  const id = owner.level === 'instance' ? (await loadInstance(db)).id : owner.id;
  const aggregateType = owner.level === 'instance' ? ('instance' as const) : ('org' as const);
  return { aggregateType, aggregateId: id, resourceOwner: id };
}
