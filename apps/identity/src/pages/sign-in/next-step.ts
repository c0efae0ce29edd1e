import { findByLoginName } from '../../commands/sessions/run-checks.ts';
import { loadSession } from '../../commands/sessions/sessions.ts';
import { assess, type OfferedFactor } from '../../sign-in/assess.ts';
import { loadSignInFacts } from '../../sign-in/load-facts.ts';
import type { Database } from '../../store/event-store.ts';
import type { UserTable } from '../../store/tables.ts';
import type { Progress } from './progress.ts';

/** What the person sees next. */
export type Step =
  | { readonly kind: 'loginName' }
  | { readonly kind: 'selectAccount'; readonly loginName: string }
  | { readonly kind: 'password'; readonly loginName: string }
  | {
      readonly kind: 'secondFactor';
      readonly user: UserTable;
      readonly sessionId: string;
      readonly factor: OfferedFactor;
      readonly others: readonly OfferedFactor[];
    }
  | { readonly kind: 'setUp'; readonly user: UserTable; readonly forced: boolean; readonly allowed: readonly string[] }
  | { readonly kind: 'done'; readonly userId: string; readonly sessionId: string };

/** Decides by what is stored, never by what the browser says. */
export async function nextStep(db: Database, progress: Progress): Promise<Step> {
  const { loginName, sessionId } = progress;
  if (loginName === undefined) return { kind: 'loginName' };
  if (progress.pickAccount) return { kind: 'selectAccount', loginName };
  const user = await findByLoginName(db, loginName);
  const session = sessionId === undefined ? undefined : await loadSession(db, sessionId);
  if (user?.state !== 'active' || session?.user_id !== user.id) return { kind: 'password', loginName };
  const facts = await loadSignInFacts(db, user);
  const { missing } = assess(session, facts, Date.now(), progress.since);
  switch (missing.kind) {
    case 'nothing':
      return { kind: 'done', userId: user.id, sessionId: session.id };
    case 'password':
      return { kind: 'password', loginName };
    case 'secondFactor': {
      const factor = missing.usable.find((kind) => kind === progress.chosen) ?? missing.usable[0];
      if (factor === undefined) return { kind: 'password', loginName };
      const others = missing.usable.filter((kind) => kind !== factor);
      return { kind: 'secondFactor', user, sessionId: session.id, factor, others };
    }
    case 'setUp':
      return { kind: 'setUp', user, forced: missing.forced, allowed: [...facts.allowed] };
  }
}
