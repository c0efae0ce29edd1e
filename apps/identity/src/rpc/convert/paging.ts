import { DomainError } from '../../domain/errors.ts';

/** `ListQuery` of v1 and v2. */
interface ListQuery {
  readonly offset: bigint;
  readonly limit: number;
  readonly asc: boolean;
}

export interface Paging {
  readonly offset: number;
  /** Absent: all. ZITADEL has no upper bound (zitadel-oidc.md 8). */
  readonly limit?: number;
  readonly ascending: boolean;
}

/** Limit 0 is none. @throws DomainError QUERY-AG4gs for an offset that no database takes. */
export function toPaging(query: ListQuery | undefined): Paging {
  if (!query) return { offset: 0, ascending: false };
  if (query.offset >= 2n ** 63n) throw new DomainError('internal', 'QUERY-AG4gs', 'Errors.Internal');
  // Beyond what a double holds exactly there is no row either.
  const offset = Number(query.offset > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : query.offset);
  return { offset, ascending: query.asc, ...(query.limit > 0 && { limit: query.limit }) };
}

/** ZITADEL's page where none is asked for, and the longest, in the newer lists with `pagination`. */
const DEFAULT_LIMIT = 100;
const LONGEST = 1_000;

/** @throws DomainError QUERY-4M0fs for a longer page than 1,000. */
export function toFilterPaging(query: ListQuery | undefined): Paging & { readonly limit: number } {
  const paging = { limit: DEFAULT_LIMIT, ...toPaging(query) };
  if (paging.limit > LONGEST) throw new DomainError('invalid-argument', 'QUERY-4M0fs', 'Errors.Query.LimitExceeded');
  return paging;
}
