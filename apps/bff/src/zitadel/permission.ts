/** The permissions of ZITADEL that Latchkey's acts need. */
export type Permission =
  | 'user.read'
  | 'user.write'
  | 'user.credential.write'
  | 'user.passkey.write'
  | 'user.membership.read'
  | 'session.read'
  | 'session.delete'
  | 'iam.policy.read'
  | 'iam.policy.write'
  | 'policy.read'
  | 'events.read';

/** For each permission the smallest of ZITADEL's own roles that has it (zitadel.md 4): what a person can ask for. */
const smallestRole: Record<Permission, string> = {
  'user.read': 'ORG_OWNER_VIEWER',
  'user.write': 'ORG_USER_MANAGER',
  'user.credential.write': 'ORG_OWNER',
  'user.passkey.write': 'ORG_OWNER',
  'user.membership.read': 'ORG_OWNER_VIEWER',
  'session.read': 'ORG_USER_MANAGER',
  'session.delete': 'ORG_USER_MANAGER',
  'iam.policy.read': 'IAM_OWNER_VIEWER',
  'iam.policy.write': 'IAM_OWNER',
  'policy.read': 'ORG_OWNER_VIEWER',
  'events.read': 'IAM_OWNER_VIEWER',
};

/** What an act needs: told to whoever lacks it. */
export interface Need {
  readonly permission: Permission;
  readonly role: string;
  /** The organisation in which it is needed; absent for the instance. */
  readonly organisationId?: string;
}

/** @param organisationId where the permission is needed; absent for the instance. */
export function needFor(permission: Permission, organisationId?: string): Need {
  return { permission, role: smallestRole[permission], ...(organisationId && { organisationId }) };
}
