import { rmSync } from 'node:fs';
import * as z from 'zod';
import { ConnectFault } from './connect-fault.ts';
import { readFileIfThere, writePrivateFile } from './private-file.ts';

/**
 * One thing at ZITADEL. `asked`: we were about to make it, so if it is there, it is ours; `made`: it is; `found`: it
 * was there before us and is not ours to take away.
 */
const Thing = z.discriminatedUnion('state', [
  z.object({ state: z.literal('asked') }),
  z.object({ state: z.enum(['made', 'found']), id: z.string() }),
]);

const Record = z.object({
  issuer: z.string(),
  publicUrl: z.string(),
  project: Thing.optional(),
  application: Thing.optional(),
  /** ZITADEL refused the back-channel address: it is not asked for again. */
  backChannelRefused: z.boolean().optional(),
  /** The time at which our key ends is its name until ZITADEL has told its id: no two keys of ours have the same. */
  key: z.object({ expires: z.number(), id: z.string().optional() }).optional(),
});

export type ConnectionRecord = z.infer<typeof Record>;
export type RecordedThing = z.infer<typeof Thing>;

/** What was made at ZITADEL for this data folder, written down before and after each step. */
export interface ConnectionRecordFile {
  readonly current: ConnectionRecord | undefined;
  /** Changes what is given; a field given as undefined is forgotten. */
  write(change: Partial<{ [Field in keyof ConnectionRecord]: ConnectionRecord[Field] | undefined }>): void;
  remove(): void;
}

/**
 * Opens the record, `connection.json`.
 *
 * @param dryRun when true, nothing is written to the disk.
 * @throws ConnectFault when the file is not such a record.
 */
export function openRecord(file: string, dryRun: boolean): ConnectionRecordFile {
  let current = readRecord(file);
  return {
    get current() {
      return current;
    },
    write(change) {
      current = Record.parse({ ...current, ...change });
      if (!dryRun) writePrivateFile(file, `${JSON.stringify(current, null, 2)}\n`);
    },
    remove() {
      current = undefined;
      if (!dryRun) rmSync(file, { force: true });
    },
  };
}

function readRecord(file: string): ConnectionRecord | undefined {
  const text = readFileIfThere(file);
  if (text === undefined) return undefined;
  const parsed = Record.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new ConnectFault(`${file} is not a record that "npm run connect" wrote. Move it away and run it again.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
