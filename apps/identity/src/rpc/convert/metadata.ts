import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { invalidArgument } from '../../domain/errors.ts';
import type { Database, UserMetadataTable } from '../../store/tables.ts';
import { matchesText } from '../../store/text-match.ts';
import { rowDetailsV1 } from './details.ts';
import type { Paging } from './paging.ts';
import { toTextMethod } from './text-method.ts';

interface KeyQuery {
  readonly value?: { readonly key: string; readonly method: number } | undefined;
}

/**
 * What is noted on a user, in the order in which it was first noted.
 *
 * @param queries on the key, all of which must hold.
 * @throws DomainError METAD-fdg23 for a query that says nothing.
 */
export async function listMetadata(
  db: Database,
  userId: string,
  queries: readonly KeyQuery[],
  { offset, limit, ascending }: Paging,
): Promise<{ readonly total: number; readonly rows: readonly UserMetadataTable[] }> {
  const rows = await db
    .selectFrom('user_metadata')
    .selectAll()
    .where('user_id', '=', userId)
    .where((where) => where.and(queries.map(toCondition)))
    .orderBy('sequence', ascending ? 'asc' : 'desc')
    .execute();
  return { total: rows.length, rows: rows.slice(offset, limit === undefined ? undefined : offset + limit) };
}

function toCondition({ value }: KeyQuery) {
  if (!value) throw invalidArgument('METAD-fdg23', 'List.Query.Invalid');
  return matchesText('key', toTextMethod(value.method), value.key);
}

export function toMetadataV1(row: UserMetadataTable) {
  return { details: rowDetailsV1(row, row.organisation_id), key: row.key, value: bytesOf(row) };
}

export function toMetadataV2(row: UserMetadataTable) {
  return {
    creationDate: timestampFromMs(row.created_at),
    changeDate: timestampFromMs(row.changed_at),
    key: row.key,
    value: bytesOf(row),
  };
}

function bytesOf({ value }: UserMetadataTable): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(value, 'base64'));
}
