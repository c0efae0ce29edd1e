import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isRoleOf, type Membership, mayDo, organisationsWhere, permissionsIn } from './permissions.ts';

const inA = (...roles: string[]): Membership => ({ scope: 'organisation', scopeId: 'A', resourceOwner: 'A', roles });
const onInstance = (...roles: string[]): Membership => ({
  scope: 'instance',
  scopeId: 'I',
  resourceOwner: 'I',
  roles,
});

interface Recording {
  readonly steps: readonly {
    readonly as?: unknown;
    readonly path?: string;
    readonly answers?: { readonly rest: { readonly body: { readonly result?: readonly string[] } } };
  }[];
}

function recorded(file: string, caller: string): readonly string[] {
  const text = readFileSync(new URL(`../recordings/${file}`, import.meta.url), 'utf8');
  const { steps } = JSON.parse(text) as Recording;
  const step = steps.find((each) => each.as === caller && each.path?.includes('permissions/zitadel'));
  return step?.answers?.rest.body.result ?? [];
}

describe('roles', () => {
  it.each([
    ['permissions/mine.json', 'iamOwner', onInstance('IAM_OWNER')],
    ['permissions/mine.json', 'iamUserManager', onInstance('IAM_USER_MANAGER')],
    ['permissions/mine.json', 'orgUserManagerA', inA('ORG_USER_MANAGER')],
    ['who-may/iamOrgManager.json', 'iamOrgManager', onInstance('IAM_ORG_MANAGER')],
    ['who-may/orgOwnerA.json', 'orgOwnerA', inA('ORG_OWNER')],
  ])('carry the rights that %s recorded of %s', (file, caller, membership) => {
    const expected = recorded(file, caller);
    expect(expected.length).toBeGreaterThan(10);
    expect([...permissionsIn([membership], 'A')].sort()).toEqual([...expected].sort());
  });

  it('hold where they were given', () => {
    expect(mayDo([inA('ORG_OWNER')], 'user.write', 'A')).toBe('allowed');
    expect(mayDo([inA('ORG_OWNER_VIEWER')], 'user.write', 'A')).toBe('no-permission');
    expect(mayDo([inA('ORG_OWNER')], 'user.write', 'B')).toBe('no-membership');
    expect(mayDo([inA('ORG_OWNER')], 'org.create', '')).toBe('no-membership');
    expect(mayDo([onInstance('IAM_OWNER')], 'user.write', 'B')).toBe('allowed');
    expect(mayDo([], 'user.write', 'A')).toBe('no-membership');
  });

  it('of a project open nothing else of its organisation', () => {
    const member: Membership = { scope: 'project', scopeId: 'P', resourceOwner: 'A', roles: ['PROJECT_OWNER'] };
    expect(mayDo([member], 'user.read', 'A')).toBe('no-permission');
    expect(permissionsIn([member], 'A')).toContain('project.read:P');
  });

  it('say whose lists one sees', () => {
    expect(organisationsWhere([inA('ORG_OWNER')], 'user.read')).toEqual(['A']);
    expect(organisationsWhere([inA('ORG_OWNER'), onInstance('IAM_OWNER_VIEWER')], 'user.read')).toBe('all');
    expect(organisationsWhere([inA('ORG_SETTINGS_MANAGER')], 'user.read')).toEqual([]);
  });

  it('are given on their own level only', () => {
    expect(isRoleOf('instance', 'IAM_OWNER')).toBe(true);
    expect(isRoleOf('instance', 'ORG_OWNER')).toBe(false);
    expect(isRoleOf('organisation', 'IAM_OWNER')).toBe(false);
    expect(isRoleOf('organisation', 'NOPE')).toBe(false);
    expect(isRoleOf('project', 'PROJECT_OWNER')).toBe(true);
  });
});
