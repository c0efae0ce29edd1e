import { loadFactors } from '../store/load.ts';
import { loadLoginPolicy } from '../store/login-policy-queries.ts';
import type { Database, UserTable } from '../store/tables.ts';
import type { SignInFacts } from './assess.ts';

/** What decides this person's sign-in: their factors, and their organisation's policy or else the instance's. */
export async function loadSignInFacts(db: Database, user: UserTable): Promise<SignInFacts> {
  const factors = await loadFactors(db, user.id);
  const ready = factors.filter(({ state, orphaned }) => state === 'ready' && !orphaned);
  const rules = await loadLoginPolicy(db, user.organisation_id);
  return {
    ready: new Set(ready.map(({ kind }) => kind)),
    rules,
    allowed: new Set(rules.secondFactors),
    setUpSkippedAt: user.mfa_init_skipped_at,
  };
}
