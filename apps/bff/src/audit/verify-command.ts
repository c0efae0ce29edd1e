import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError, parseEnvironment } from '@latchkey/env/parse-environment';
import * as z from 'zod';
import { openServerKeys } from '../session/vault/server-keys.ts';
import { openStore } from '../store/open-store.ts';
import { auditKeyFile, type Verification, verifyAudit } from './verify-audit.ts';

// `npm run audit:verify`: walks the audit of the database that the BFF's own variables name, also while it runs. Ends
// with 0 when it is whole, with 1 when it is not, with 2 when it could not be looked at.
try {
  const result = await verify();
  const say = result.whole ? console.log : console.error;
  say(sentenceFor(result));
  process.exitCode = result.whole ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

async function verify(): Promise<Verification> {
  const { LATCHKEY_DATA, LATCHKEY_DATABASE_URL } = parseEnvironment(
    { LATCHKEY_DATA: z.string().default('.data'), LATCHKEY_DATABASE_URL: z.string().optional() },
    process.env,
  );
  const folder = join(resolve(LATCHKEY_DATA), 'bff');
  // Opening would make an empty database, and an empty audit is whole.
  const file = join(folder, LATCHKEY_DATABASE_URL ? auditKeyFile : 'latchkey.db');
  if (!existsSync(file)) {
    throw new ConfigurationError([`LATCHKEY_DATA: must name the data folder of a Latchkey; there is no ${file}`]);
  }
  const store = await openStore(resolve(LATCHKEY_DATA), LATCHKEY_DATABASE_URL);
  try {
    return await verifyAudit(store, openServerKeys(folder, auditKeyFile));
  } finally {
    await store.destroy();
  }
}

function sentenceFor(result: Verification): string {
  if (result.whole) return `The audit is whole: ${result.rows} rows from number ${result.from}, head ${result.head}`;
  const { seq, fault } = result.break;
  switch (fault) {
    case 'gap':
      return `The audit is broken: row ${seq} is missing`;
    case 'unlinked':
      return `The audit is broken: row ${seq} does not follow the one before`;
    case 'changed':
      return `The audit is broken: row ${seq} was changed`;
    case 'anchor':
      return `The audit is broken: what a prune left at row ${seq} is not signed with a key of this installation`;
  }
}
