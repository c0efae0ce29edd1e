import {
  type LoginPolicyRules,
  type MultiFactor,
  SECOND_FACTOR_NUMBER,
  type SecondFactor,
} from '../domain/login-policy.ts';
import { loadInstance } from './load.ts';
import type { Database } from './tables.ts';

/** A login policy as it applies somewhere. */
export interface LoginPolicy extends LoginPolicyRules {
  /** The instance, or the organisation whose own policy it is. */
  readonly ownerId: string;
  readonly isDefault: boolean;
  readonly secondFactors: readonly SecondFactor[];
  readonly multiFactors: readonly MultiFactor[];
  readonly sequence: number;
  readonly createdAt: number;
  readonly changedAt: number;
}

const SECOND_FACTORS = new Map(
  Object.entries(SECOND_FACTOR_NUMBER).map(([factor, number]) => [number, factor as SecondFactor]),
);

/** The policy of an organisation: its own, else the instance's. Without an organisation: the instance's. */
export async function loadLoginPolicy(db: Database, organisationId?: string): Promise<LoginPolicy> {
  const own = organisationId === undefined ? undefined : await loadPolicyOf(db, organisationId, false);
  if (own) return own;
  const { id } = await loadInstance(db);
  const standard = await loadPolicyOf(db, id, true);
  if (!standard) throw new Error('the instance has no login policy');
  return standard;
}

/** The policy an organisation (or the instance) has itself. */
export async function loadPolicyOf(
  db: Database,
  ownerId: string,
  isDefault: boolean,
): Promise<LoginPolicy | undefined> {
  const row = await db.selectFrom('login_policies').selectAll().where('owner_id', '=', ownerId).executeTakeFirst();
  if (!row) return undefined;
  return {
    ...(JSON.parse(row.rules) as LoginPolicyRules),
    ownerId,
    isDefault,
    ...(await loadPolicyFactors(db, ownerId)),
    sequence: row.sequence,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

/** Factors that an owner's events have switched on, whether or not there is a policy of theirs. */
export async function loadPolicyFactors(
  db: Database,
  ownerId: string,
): Promise<{ readonly secondFactors: readonly SecondFactor[]; readonly multiFactors: readonly MultiFactor[] }> {
  const rows = await db
    .selectFrom('login_policy_factors')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .orderBy('position')
    .execute();
  const secondFactors = rows
    .filter((row) => row.level === 'second')
    .flatMap((row) => SECOND_FACTORS.get(row.factor) ?? []);
  return { secondFactors, multiFactors: rows.some((row) => row.level === 'multi') ? ['u2fWithVerification'] : [] };
}
