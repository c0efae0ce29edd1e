import type { TextMethod } from '../../store/text-match.ts';

const MATCHES = ['equals', 'startsWith', 'contains', 'endsWith'] as const;

/** `TextQueryMethod`, which has the same numbers in all versions: each way to match, then the same ignoring case. */
export function toTextMethod(method: number): TextMethod {
  return { match: MATCHES[method >> 1] ?? 'equals', ignoreCase: method % 2 === 1 };
}
