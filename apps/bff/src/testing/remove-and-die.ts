import { pino } from 'pino';
import { createAuditLog } from '../audit/audit-log.ts';
import { systemClock } from '../clock.ts';
import { removeUserFactor } from '../factors/factor-service.ts';
import { openStore } from '../store/open-store.ts';
import { asCaller } from '../zitadel/caller.ts';
import { createZitadel } from '../zitadel/client.ts';

// A process of its own that removes a factor by way of the BFF's service, so that a test can kill it in the middle.
const [data = '', databaseUrl = '', apiUrl = '', apiHost = '', token = '', actorId = '', userId = ''] =
  process.argv.slice(2);
const store = await openStore(data, databaseUrl || undefined);
const options = {
  zitadel: createZitadel({ apiUrl, apiHost, totalTimeoutMs: 60_000 }),
  audit: createAuditLog(store, systemClock, pino({ level: 'silent' })),
  removalApi: 'v2',
  recoveryCodesAtSignIn: false,
  store,
  clock: systemClock,
} as const;
const caller = asCaller({ current: () => Promise.resolve(token), replace: () => Promise.resolve(token) }, 'killed');
const actor = { userId: actorId, caller, requestId: 'killed', address: null, authTime: 0, amr: [] };
await removeUserFactor(options, actor, userId, { kind: 'otpSms' }, { reason: 'in the middle' });
