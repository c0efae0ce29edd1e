/** Writes `org: read write` for `org.read org.write`: a role's rights, one subject a line. */
function rights(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const [subject = '', verbs = ''] = line.split(': ');
    return verbs.split(' ').map((verb) => `${subject}.${verb}`);
  });
}

const RWD = 'read write delete';

const ORG_OWNER = rights(
  'org: read global.read write delete',
  `org.member: ${RWD}`,
  `org.idp: ${RWD}`,
  `org.action: ${RWD}`,
  `org.flow: ${RWD}`,
  `org.feature: ${RWD}`,
  'user: read global.read write delete membership.read credential.write passkey.write',
  `user.grant: ${RWD}`,
  `user.feature: ${RWD}`,
  `policy: ${RWD}`,
  'project: read create write delete',
  `project.member: ${RWD}`,
  `project.role: ${RWD}`,
  'project.app: read write',
  `project.grant: ${RWD}`,
  `project.grant.member: ${RWD}`,
  'session: read delete',
  'group: create write read delete',
  'group.user: write read delete',
);

const IAM_ORG_MANAGER = [...ORG_OWNER, 'org.create', 'project.app.delete'];

const IAM_OWNER = [
  ...IAM_ORG_MANAGER,
  ...rights(
    'iam: read write',
    `iam.policy: ${RWD}`,
    `iam.member: ${RWD}`,
    `iam.idp: ${RWD}`,
    `iam.action: ${RWD}`,
    `iam.flow: ${RWD}`,
    `iam.feature: ${RWD}`,
    'iam.restrictions: read write',
    'iam.web_key: write delete read',
    'iam.debug: write read',
    'events: read',
    'milestones: read',
    'session: write',
    `action.target: ${RWD}`,
    'action.execution: read write',
    `userschema: ${RWD}`,
  ),
];

const IAM_USER_MANAGER = rights(
  'org: read global.read',
  'org.member: read delete',
  'user: read global.read write delete membership.read passkey.write',
  `user.grant: ${RWD}`,
  `user.feature: ${RWD}`,
  'project: read member.read role.read app.read',
  `project.grant: ${RWD}`,
  'project.grant.member: read',
  'session: read delete',
  'group: read user.read',
);

const ORG_USER_MANAGER = rights(
  'org: read',
  'user: read global.read write delete membership.read',
  `user.grant: ${RWD}`,
  `user.feature: ${RWD}`,
  'policy: read',
  'project: read role.read',
  'session: read delete',
  'group: read user.read',
);

const ORG_OWNER_VIEWER = rights(
  'org: read member.read idp.read action.read flow.read feature.read',
  'user: read global.read grant.read membership.read feature.read',
  'policy: read',
  'project: read member.read role.read app.read grant.read grant.member.read grant.user.grant.read',
  'group: read user.read',
);

const IAM_OWNER_VIEWER = rights(
  'iam: read policy.read member.read idp.read action.read flow.read restrictions.read feature.read',
  'iam: web_key.read debug.read',
  'org: read member.read idp.read action.read flow.read feature.read',
  'user: read global.read grant.read membership.read feature.read',
  'policy: read',
  'project: read member.read role.read app.read grant.read grant.member.read',
  'events: read',
  'milestones: read',
  'action: target.read execution.read',
  'userschema: read',
  'session: read',
  'group: read user.read',
);

const IAM_LOGIN_CLIENT = rights(
  'iam: read policy.read member.read member.write idp.read feature.read restrictions.read',
  'org: read member.read member.write idp.read feature.read',
  'user: read write grant.read grant.write membership.read credential.write passkey.write feature.read',
  'policy: read',
  'project: read member.read member.write role.read app.read grant.read grant.member.read grant.member.write',
  'session: read write link delete',
  'userschema: read',
);

const ORG_SETTINGS_MANAGER = rights(
  'org: read write member.read',
  `org.idp: ${RWD}`,
  `org.feature: ${RWD}`,
  `policy: ${RWD}`,
);

const ORG_USER_PERMISSION_EDITOR = rights(
  'org: read member.read',
  'user: read global.read',
  `user.grant: ${RWD}`,
  'policy: read',
  'project: read member.read role.read app.read grant.read grant.member.read',
);

const ORG_PROJECT_PERMISSION_EDITOR = [...ORG_USER_PERMISSION_EDITOR, ...rights('project.grant: write delete')];

const ORG_PROJECT_CREATOR = rights('user: global.read', 'policy: read', 'project: read:self create');

const PROJECT_OWNER = rights(
  'org: global.read',
  'policy: read',
  `project: ${RWD}`,
  `project.member: ${RWD}`,
  `project.role: ${RWD}`,
  `project.app: ${RWD}`,
  `project.grant: ${RWD}`,
  `project.grant.member: ${RWD}`,
  'user: read global.read membership.read',
  `user.grant: ${RWD}`,
);

const PROJECT_OWNER_VIEWER = rights(
  'policy: read',
  'project: read member.read role.read app.read grant.read grant.member.read',
  'user: read global.read grant.read membership.read',
);

const PROJECT_GRANT_OWNER = rights(
  'policy: read',
  'org: global.read',
  'project: read grant.read',
  `project.grant.member: ${RWD}`,
  'user: read global.read membership.read',
  `user.grant: ${RWD}`,
);

const PROJECT_GRANT_OWNER_VIEWER = rights(
  'policy: read',
  'project: read grant.read grant.member.read',
  'user: read global.read grant.read membership.read',
);

const IMPERSONATION = ['impersonation'];
const ADMIN_IMPERSONATION = ['admin.impersonation', ...IMPERSONATION];

/** ZITADEL's default roles (zitadel.md 4; RolePermissionMappings of its configuration). */
export const ROLE_PERMISSIONS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    IAM_OWNER,
    IAM_OWNER_VIEWER,
    IAM_ORG_MANAGER,
    IAM_USER_MANAGER,
    IAM_LOGIN_CLIENT,
    IAM_ADMIN_IMPERSONATOR: ADMIN_IMPERSONATION,
    IAM_END_USER_IMPERSONATOR: IMPERSONATION,
    ORG_OWNER,
    ORG_OWNER_VIEWER,
    ORG_USER_MANAGER,
    ORG_SETTINGS_MANAGER,
    ORG_USER_PERMISSION_EDITOR,
    ORG_PROJECT_PERMISSION_EDITOR,
    ORG_PROJECT_CREATOR,
    ORG_ADMIN_IMPERSONATOR: ADMIN_IMPERSONATION,
    ORG_END_USER_IMPERSONATOR: IMPERSONATION,
    ORG_USER_SELF_MANAGER: rights('policy: read', 'user.self: delete'),
    SELF_MANAGEMENT_GLOBAL: rights('org: create', 'policy: read', 'user.self: delete'),
    PROJECT_OWNER,
    PROJECT_OWNER_VIEWER,
    PROJECT_GRANT_OWNER,
    PROJECT_GRANT_OWNER_VIEWER,
  }).map(([role, permissions]) => [role, new Set(permissions)]),
);

/** Roles of one kind, such as `ORG_`, in ZITADEL's order. */
export function rolesOf(prefix: 'IAM_' | 'ORG_' | 'PROJECT_'): string[] {
  return [...ROLE_PERMISSIONS.keys()].filter((role) => role.startsWith(prefix));
}
