import { resolve } from 'node:path';
import { parseEnvironment } from '@latchkey/env/parse-environment';
import * as z from 'zod';
import { openStore } from '../store/open-store.ts';
import { verifyAudit } from './verify-audit.ts';

// `npm run audit:verify`: walks the audit of the data folder or database that the BFF's own variables name.
const { LATCHKEY_DATA, LATCHKEY_DATABASE_URL } = parseEnvironment(
  { LATCHKEY_DATA: z.string().default('.data'), LATCHKEY_DATABASE_URL: z.string().optional() },
  process.env,
);
const store = await openStore(resolve(LATCHKEY_DATA), LATCHKEY_DATABASE_URL);
const result = await verifyAudit(store);
await store.destroy();
if (result.whole) {
  console.log(`The audit is whole: ${result.rows} rows, head ${result.head}`);
} else {
  console.error(`The audit is broken at row ${result.break.seq}: ${faultWord(result.break.fault)}`);
  process.exitCode = 1;
}

function faultWord(fault: 'gap' | 'unlinked' | 'changed'): string {
  switch (fault) {
    case 'gap':
      return 'rows are missing';
    case 'unlinked':
      return 'it does not follow the row before';
    case 'changed':
      return 'it was changed';
  }
}
