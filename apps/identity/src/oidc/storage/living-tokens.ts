import type { Adapter } from 'oidc-provider';
import { hashToken } from '../../store/vault.ts';
import type { OidcDirectory } from '../directory.ts';
import type { TokenSets } from './token-sets.ts';

/** Access tokens that count: the newest of their token set, and not ended by what happened to person or session. */
export function livingAccessTokens(tokenSets: TokenSets, directory: OidcDirectory): (rows: Adapter) => Adapter {
  return (rows) => ({
    ...rows,
    async find(id) {
      const payload = await rows.find(id);
      const tokenSet = payload?.grantId === undefined ? undefined : await tokenSets.find(payload.grantId);
      if (!payload || tokenSet?.access_token !== hashToken(id)) return undefined;
      const signIn = { userId: tokenSet.user_id, sessionId: tokenSet.session_id };
      return (await directory.endedSince(tokenSet.made_after, signIn)) ? undefined : payload;
    },
  });
}

/** Refresh tokens; one that is not the newest of its token set is marked as spent. */
export function livingRefreshTokens(tokenSets: TokenSets): (rows: Adapter) => Adapter {
  return (rows) => ({
    ...rows,
    async find(id) {
      const payload = await rows.find(id);
      const tokenSet = payload?.grantId === undefined ? undefined : await tokenSets.find(payload.grantId);
      if (!payload) return undefined;
      return tokenSet?.refresh_token === hashToken(id) ? payload : { ...payload, consumed: true };
    },
  });
}
