import type { UserKind, UserState } from '../../domain/user.ts';
import type { TextMethod } from '../text-match.ts';

export type UserTextColumn =
  | 'username'
  | 'given_name'
  | 'family_name'
  | 'nick_name'
  | 'display_name'
  | 'email'
  | 'phone';

/** A condition on users, as ZITADEL's queries are built. */
export type UserCondition =
  | { readonly kind: 'text'; readonly column: UserTextColumn; readonly method: TextMethod; readonly text: string }
  | { readonly kind: 'state'; readonly state: UserState | undefined }
  | { readonly kind: 'type'; readonly type: UserKind | undefined }
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'emails'; readonly emails: readonly string[] }
  | { readonly kind: 'organisation'; readonly id: string }
  /** In one of these, or `self`. */
  | { readonly kind: 'organisations'; readonly ids: readonly string[]; readonly self?: string }
  /** Has a note with such a key, or with a value (base64) that is this one, or is not. */
  | { readonly kind: 'metadataKey'; readonly method: TextMethod; readonly text: string }
  | { readonly kind: 'metadataValue'; readonly value: string; readonly equal: boolean }
  | { readonly kind: 'or' | 'and'; readonly conditions: readonly UserCondition[] }
  | { readonly kind: 'not'; readonly condition: UserCondition };
