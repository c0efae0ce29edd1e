import { hashToken } from '../../store/vault.ts';
import type { TokenDatabase, TokenSetsTable } from './token-database.ts';

/** A token set as it is stored; tokens are fingerprints. */
export type TokenSet = TokenSetsTable;

/** A pair of tokens handed out together. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Position of the last event. */
  readonly madeAfter: number;
}

/** The token sets of the database: which tokens count. */
export interface TokenSets {
  start(set: Omit<TokenSet, 'access_token' | 'refresh_token' | 'made_after'>): Promise<void>;
  find(id: string): Promise<TokenSet | undefined>;
  /** Makes these the tokens that count. Of several at once the last one wins, as in ZITADEL (seen with refreshes). */
  replace(id: string, tokens: IssuedTokens): Promise<void>;
  endAccess(id: string): Promise<void>;
  endAll(id: string): Promise<void>;
  /** The sets that came of a session, for back-channel logout. */
  ofSession(sessionId: string): Promise<readonly TokenSet[]>;
}

export function createTokenSets(db: TokenDatabase): TokenSets {
  const change = (id: string, values: Partial<Pick<TokenSet, 'access_token' | 'refresh_token' | 'made_after'>>) =>
    db.updateTable('oidc_token_sets').set(values).where('id', '=', id).execute();

  return {
    async start(set) {
      await db
        .insertInto('oidc_token_sets')
        .values({ ...set, access_token: null, refresh_token: null, made_after: 0 })
        .execute();
    },
    find: (id) => db.selectFrom('oidc_token_sets').selectAll().where('id', '=', id).executeTakeFirst(),
    async replace(id, { accessToken, refreshToken, madeAfter }) {
      await change(id, {
        access_token: hashToken(accessToken),
        refresh_token: refreshToken === undefined ? null : hashToken(refreshToken),
        made_after: madeAfter,
      });
    },
    async endAccess(id) {
      await change(id, { access_token: null });
    },
    async endAll(id) {
      await change(id, { access_token: null, refresh_token: null });
    },
    ofSession: (sessionId) =>
      db.selectFrom('oidc_token_sets').selectAll().where('session_id', '=', sessionId).execute(),
  };
}
