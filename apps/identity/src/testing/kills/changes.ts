import { ask, type Said } from './ask.ts';

/** A change that the server said was done, as far as it must be there again afterwards. */
export type Change =
  | { readonly kind: 'user'; readonly userId: string; readonly email: string }
  /** `lifetime`: seconds, more with each edit. */
  | { readonly kind: 'policy'; readonly lifetime: number }
  | { readonly kind: 'session'; readonly sessionId: string; readonly userId: string }
  | { readonly kind: 'accessToken'; readonly userId: string; readonly tokenId: string; readonly token: string };

/** Where changes are made, and by whom. */
export interface Place {
  readonly origin: string;
  /** Personal access tokens of an owner of the instance and of the login client. */
  readonly owner: string;
  readonly loginClient: string;
  /** Who gets sessions, and who gets access tokens. */
  readonly personId: string;
  readonly machineId: string;
}

/** Makes one of each kind. @param round no round may come twice. @returns nothing when the server is gone. */
export const MAKERS: readonly ((place: Place, round: number) => Promise<Change | undefined>)[] = [
  async function addUser({ origin, owner }, round) {
    const email = `made-in-round-${round}@kills.example`;
    const body = { profile: { givenName: 'Ada', familyName: 'Keller' }, email: { email, isVerified: true } };
    const made = done(await ask(origin, 'POST', '/v2/users/human', owner, body));
    return made && { kind: 'user', userId: String(made.userId), email };
  },

  async function editPolicy({ origin, owner }, round) {
    // Longer than what a new instance begins with.
    const lifetime = 1_000_000 + round;
    const body = {
      allowUsernamePassword: true,
      passwordlessType: 'PASSWORDLESS_TYPE_ALLOWED',
      passwordCheckLifetime: '864000s',
      externalLoginCheckLifetime: `${lifetime}s`,
      secondFactorCheckLifetime: '64800s',
      multiFactorCheckLifetime: '43200s',
    };
    const made = done(await ask(origin, 'PUT', '/admin/v1/policies/login', owner, body));
    return made && { kind: 'policy', lifetime };
  },

  async function addSession({ origin, loginClient, personId: userId }) {
    const body = { checks: { user: { userId } } };
    const made = done(await ask(origin, 'POST', '/v2/sessions', loginClient, body));
    return made && { kind: 'session', sessionId: String(made.sessionId), userId };
  },

  async function addAccessToken({ origin, owner, machineId: userId }) {
    const made = done(await ask(origin, 'POST', `/management/v1/users/${userId}/pats`, owner, {}));
    return made && { kind: 'accessToken', userId, tokenId: String(made.tokenId), token: String(made.token) };
  },
];

/** @throws Error for a refusal. */
function done(said: Said | undefined): Record<string, unknown> | undefined {
  if (said && (said.status < 200 || said.status > 299)) {
    throw new Error(`a change was answered with ${said.status}: ${JSON.stringify(said.body)}`);
  }
  return said?.body as Record<string, unknown> | undefined;
}

/**
 * Whether a change is still there.
 *
 * @throws Error when the server is gone: here nobody kills it.
 */
export async function isThere({ origin, owner, loginClient }: Place, change: Change): Promise<boolean> {
  const see = async (path: string, token: string) => {
    const said = await ask(origin, 'GET', path, token);
    if (!said) throw new Error(`${path} was not answered`);
    return said.status === 200 ? said.body : {};
  };
  switch (change.kind) {
    case 'user': {
      const seen = (await see(`/v2/users/${change.userId}`, owner)) as SeenUser;
      return seen.user?.human?.email?.email === change.email;
    }
    case 'policy': {
      // The edit after it may have been done and not answered.
      const seen = (await see('/admin/v1/policies/login', owner)) as SeenPolicy;
      return Number.parseInt(seen.policy?.externalLoginCheckLifetime ?? '0', 10) >= change.lifetime;
    }
    case 'session': {
      const seen = (await see(`/v2/sessions/${change.sessionId}`, loginClient)) as SeenSession;
      return seen.session?.factors?.user?.id === change.userId;
    }
    case 'accessToken': {
      const seen = (await see('/auth/v1/users/me', change.token)) as { user?: { id?: string } };
      return seen.user?.id === change.userId;
    }
  }
}

interface SeenUser {
  readonly user?: { readonly human?: { readonly email?: { readonly email?: string } } };
}

interface SeenPolicy {
  readonly policy?: { readonly externalLoginCheckLifetime?: string };
}

interface SeenSession {
  readonly session?: { readonly factors?: { readonly user?: { readonly id?: string } } };
}
