import { SessionFieldName } from '@zitadel/proto/zitadel/session/v2/session_pb.js';
import { SessionService } from '@zitadel/proto/zitadel/session/v2/session_service_pb.js';
import type { MadeChallenges } from '../../commands/sessions/session-input.ts';
import { createSession, loadSession, terminateSession, updateSession } from '../../commands/sessions/sessions.ts';
import { notFound } from '../../domain/errors.ts';
import { loadUser } from '../../store/load.ts';
import type { Store } from '../../store/open-store.ts';
import { searchSessions } from '../../store/session-search.ts';
import type { SessionTable } from '../../store/session-tables.ts';
import { isTokenOf } from '../../store/vault.ts';
import { type ApiCaller, callerOf, commandContext } from '../access/api-caller.ts';
import { readableOrganisations, requireRead } from '../access/read-permission.ts';
import { changedV2, listV2 } from '../convert/details.ts';
import { toJsonObject } from '../convert/json.ts';
import { toPaging } from '../convert/paging.ts';
import { toSession } from '../convert/session.ts';
import { toSessionCondition } from '../convert/session-query.ts';
import { fromUserAgent, toSessionChange } from '../convert/session-request.ts';
import { part } from '../service.ts';

/** Sessions, v2. */
export function sessionService(store: Store) {
  const withUser = async (row: SessionTable) => toSession(row, await loadUser(store.db, row.user_id));
  return part(SessionService, {
    async createSession(request, context) {
      const made = await createSession(commandContext(store, context), {
        ...toSessionChange(request),
        ...(request.userAgent && { userAgent: fromUserAgent(request.userAgent) }),
      });
      const { sessionId, sessionToken, challenges, details } = made;
      return { details: changedV2(details), sessionId, sessionToken, ...toChallenges(challenges) };
    },

    async setSession(request, context) {
      const changed = await updateSession(commandContext(store, context), {
        ...toSessionChange(request),
        sessionId: request.sessionId,
      });
      const { sessionToken, challenges, details } = changed;
      return { details: changedV2(details), sessionToken, ...toChallenges(challenges) };
    },

    async getSession({ sessionId, sessionToken }, context) {
      const row = await loadSession(store.db, sessionId);
      if (!row) throw notFound('QUERY-SFeaa', 'Errors.Session.NotExisting');
      const caller = callerOf(context);
      if (!isTokenOf(row.token_hash, sessionToken) && !isOwn(row, caller)) {
        await requireRead(store.db, caller, 'session.read', row.user_organisation_id);
      }
      return { session: await withUser(row) };
    },

    async listSessions(request, context) {
      const caller = callerOf(context);
      const fingerprintId = await fingerprintOf(store, caller);
      const { total, sessions } = await searchSessions(store.db, {
        conditions: request.queries.map((query) => toSessionCondition(query, { ...caller, fingerprintId })),
        visible: {
          organisations: await readableOrganisations(store.db, caller, 'session.read'),
          userId: caller.userId,
          fingerprintId,
        },
        order: request.sortingColumn === SessionFieldName.CREATION_DATE ? 'created_at' : 'id',
        ...toPaging(request.query),
      });
      return { details: listV2(total), sessions: await Promise.all(sessions.map(withUser)) };
    },

    async deleteSession({ sessionId, sessionToken }, context) {
      const details = await terminateSession(commandContext(store, context), {
        sessionId,
        ...(sessionToken && { sessionToken }),
      });
      return { details: details ? changedV2(details) : {} };
    },
  });
}

function isOwn(row: SessionTable, caller: ApiCaller): boolean {
  return row.creator === caller.userId || row.user_id === caller.userId;
}

/** The browser of the caller's own session, if they came with one. */
async function fingerprintOf(store: Store, { sessionId }: ApiCaller): Promise<string> {
  return (sessionId && (await loadSession(store.db, sessionId))?.fingerprint_id) || '';
}

/** Absent when nothing was asked for. */
function toChallenges({ webAuthn, otpSms, otpEmail }: MadeChallenges) {
  if (!webAuthn && !otpSms && !otpEmail) return {};
  return {
    challenges: {
      ...(webAuthn && { webAuthN: { publicKeyCredentialRequestOptions: toJsonObject(webAuthn) } }),
      ...(otpSms && { otpSms }),
      ...(otpEmail && { otpEmail }),
    },
  };
}
