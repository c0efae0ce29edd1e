import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { matchesText } from '../text-match.ts';
import type { UserCondition } from './user-condition.ts';

type Condition = RawBuilder<SqlBool>;

/** A condition on a row of `users`. */
export function toSql(condition: UserCondition): Condition {
  switch (condition.kind) {
    case 'text':
      return matchesText(condition.column, condition.method, condition.text);
    case 'state':
      return sql`state = ${condition.state ?? ''}`;
    case 'type':
      return sql`kind = ${condition.type ?? ''}`;
    case 'ids':
      return sql`id IN (${sql.join([...condition.ids])})`;
    case 'emails':
      return sql`email IN (${sql.join([...condition.emails])})`;
    case 'organisation':
      return sql`organisation_id = ${condition.id}`;
    case 'organisations':
      return condition.self === undefined
        ? sql`organisation_id IN (${sql.join([...condition.ids])})`
        : sql`(organisation_id IN (${sql.join([...condition.ids])}) OR id = ${condition.self})`;
    case 'metadataKey':
    case 'metadataValue':
      return sql`id IN (${notedUsers(condition)})`;
    case 'or':
      return condition.conditions.length === 0
        ? sql`0`
        : sql`(${sql.join(condition.conditions.map(toSql), sql` OR `)})`;
    case 'and':
      return allOf(condition.conditions);
    case 'not':
      return sql`NOT ${toSql(condition.condition)}`;
  }
}

/** Ids of users with such a note. */
export function notedUsers(
  condition: Extract<UserCondition, { readonly kind: 'metadataKey' | 'metadataValue' }>,
): RawBuilder<unknown> {
  const is =
    condition.kind === 'metadataKey'
      ? matchesText('key', condition.method, condition.text)
      : sql`value ${condition.equal ? sql`=` : sql`<>`} ${condition.value}`;
  return sql`SELECT user_id FROM user_metadata WHERE ${is}`;
}

export function allOf(conditions: readonly UserCondition[]): Condition {
  return conditions.length === 0 ? sql`1` : sql`(${sql.join(conditions.map(toSql), sql` AND `)})`;
}
