import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type AuditLog, createAuditLog } from '../audit/audit-log.ts';
import { auditKeyFile } from '../audit/verify-audit.ts';
import { type Clock, systemClock } from '../clock.ts';
import { openServerKeys, type ServerKeys } from '../session/vault/server-keys.ts';
import { openStore, type Store } from '../store/open-store.ts';
import type { AuditRow } from '../store/tables.ts';
import { createTestDatabase } from './test-database.ts';

/** An audit in a database of its own. */
export interface TestAudit {
  /** What `openStore` was given. */
  readonly data: string;
  readonly databaseUrl: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly keys: ServerKeys;
  /** All rows, oldest first. */
  rows(): Promise<AuditRow[]>;
  close(): Promise<void>;
}

export async function openTestAudit(): Promise<TestAudit> {
  const data = await mkdtemp(join(tmpdir(), 'latchkey-audit-'));
  const database = await createTestDatabase();
  const store = await openStore(data, database.url || undefined);
  return {
    data,
    databaseUrl: database.url,
    store,
    clock: systemClock,
    keys: openServerKeys(join(data, 'bff'), auditKeyFile),
    audit: createAuditLog(store, systemClock, pino({ level: 'silent' })),
    rows: () => store.selectFrom('audit').selectAll().orderBy('seq').execute(),
    close: async () => {
      await store.destroy();
      await database.drop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
