import { join, resolve } from 'node:path';
import { parseEnvironment } from '@latchkey/env/parse-environment';
import * as z from 'zod';
import { openServerKeys } from '../session/vault/server-keys.ts';
import { openStore } from '../store/open-store.ts';
import { auditKeyFile, verifyAudit } from './verify-audit.ts';

// `npm run audit:verify`: walks the audit of the data folder or database that the BFF's own variables name.
const { LATCHKEY_DATA, LATCHKEY_DATABASE_URL } = parseEnvironment(
  { LATCHKEY_DATA: z.string().default('.data'), LATCHKEY_DATABASE_URL: z.string().optional() },
  process.env,
);
const data = resolve(LATCHKEY_DATA);
const store = await openStore(data, LATCHKEY_DATABASE_URL);
const result = await verifyAudit(store, openServerKeys(join(data, 'bff'), auditKeyFile));
await store.destroy();
if (result.whole) {
  console.log(`The audit is whole: ${result.rows} rows from number ${result.from}, head ${result.head}`);
} else {
  console.error(`The audit is broken at row ${result.break.seq}: ${faultWord(result.break.fault)}`);
  process.exitCode = 1;
}

function faultWord(fault: 'gap' | 'unlinked' | 'changed' | 'anchor'): string {
  switch (fault) {
    case 'gap':
      return 'rows are missing';
    case 'unlinked':
      return 'it does not follow the row before';
    case 'changed':
      return 'it was changed';
    case 'anchor':
      return 'the anchor that a prune left is not signed with a key of this installation';
  }
}
