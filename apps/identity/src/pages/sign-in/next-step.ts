import { findByLoginName } from '../../commands/sessions/run-checks.ts';
import { loadSession } from '../../commands/sessions/sessions.ts';
import { assess, type OfferedFactor, type SignInFacts, settableFactors } from '../../sign-in/assess.ts';
import { loadSignInFacts } from '../../sign-in/load-facts.ts';
import type { SessionTable } from '../../store/session-tables.ts';
import type { Database, UserTable } from '../../store/tables.ts';
import type { Progress, SettingUp } from './progress.ts';

/** A person who proved something in a session. */
interface Known {
  readonly user: UserTable;
  readonly sessionId: string;
}

/** What the person sees next. */
export type Step =
  | { readonly kind: 'loginName' }
  | { readonly kind: 'selectAccount'; readonly loginName: string }
  | { readonly kind: 'password'; readonly loginName: string }
  /** `user`: nobody where there is no such person, or they have no passkey. */
  | { readonly kind: 'passkey'; readonly loginName: string; readonly user: UserTable | undefined }
  | ({
      readonly kind: 'secondFactor';
      readonly factor: OfferedFactor;
      readonly others: readonly OfferedFactor[];
    } & Known)
  | ({ readonly kind: 'setUp'; readonly forced: boolean; readonly choices: readonly OfferedFactor[] } & Known)
  | ({ readonly kind: 'confirmSetUp'; readonly settingUp: SettingUp } & Known)
  /** A second factor is forced and the policy allows none: nobody can sign in (LOGIN-5Hm8s). */
  | { readonly kind: 'noWayIn' }
  | { readonly kind: 'done'; readonly userId: string; readonly sessionId: string };

/** Decides by what is stored, never by what the browser says. */
export async function nextStep(db: Database, progress: Progress): Promise<Step> {
  const { loginName, sessionId } = progress;
  if (loginName === undefined) return { kind: 'loginName' };
  if (progress.pickAccount) return { kind: 'selectAccount', loginName };
  const user = await findByLoginName(db, loginName);
  const session = sessionId === undefined ? undefined : await loadSession(db, sessionId);
  if (user?.state !== 'active') return firstProof(progress, loginName, undefined);
  if (session?.user_id !== user.id) return firstProof(progress, loginName, await withPasskey(db, user));
  return afterFirstProof(db, progress, user, session);
}

async function afterFirstProof(
  db: Database,
  progress: Progress,
  user: UserTable,
  session: SessionTable,
): Promise<Step> {
  const facts = await loadSignInFacts(db, user);
  const { missing } = assess(session, facts, Date.now(), progress.since);
  const known = { user, sessionId: session.id };
  switch (missing.kind) {
    case 'nothing':
      return { kind: 'done', userId: user.id, sessionId: session.id };
    case 'password':
      return firstProof(progress, user.username, facts.ready.has('passkey') ? user : undefined);
    case 'secondFactor': {
      const [first, ...rest] = missing.usable;
      const factor = missing.usable.find((kind) => kind === progress.chosen) ?? first;
      const others = [first, ...rest].filter((kind) => kind !== factor);
      return { kind: 'secondFactor', ...known, factor, others };
    }
    case 'setUp':
      return setUpStep(progress, facts, known, missing.forced);
  }
}

function setUpStep(progress: Progress, facts: SignInFacts, known: Known, forced: boolean): Step {
  if (progress.settingUp) return { kind: 'confirmSetUp', ...known, settingUp: progress.settingUp };
  const choices = settableFactors(facts, known.user);
  if (choices.length === 0)
    return forced ? { kind: 'noWayIn' } : { kind: 'done', userId: known.user.id, sessionId: known.sessionId };
  return { kind: 'setUp', ...known, forced, choices };
}

function firstProof(progress: Progress, loginName: string, user: UserTable | undefined): Step {
  return progress.byPasskey ? { kind: 'passkey', loginName, user } : { kind: 'password', loginName };
}

async function withPasskey(db: Database, user: UserTable): Promise<UserTable | undefined> {
  const { ready, rules } = await loadSignInFacts(db, user);
  return ready.has('passkey') && rules.passkeysAllowed ? user : undefined;
}
