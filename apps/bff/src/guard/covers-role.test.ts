import { describe, expect, it } from 'vitest';
import type { HeldRole } from '../zitadel/to-role.ts';
import { coversAll, coversRole } from './covers-role.ts';

const instance = (role: string): HeldRole => ({ role, scope: 'instance', scopeId: null, organisationId: null });
const inOrganisation = (role: string, id: string): HeldRole => ({
  role,
  scope: 'organisation',
  scopeId: id,
  organisationId: id,
});
const inProject = (role: string, id: string, organisationId: string): HeldRole => ({
  role,
  scope: 'project',
  scopeId: id,
  organisationId,
});
const inGrant = (role: string, id: string, organisationId: string): HeldRole => ({
  role,
  scope: 'projectGrant',
  scopeId: id,
  organisationId,
});

/** Every role ZITADEL has of its own (zitadel.md 4), each in its places, in two organisations. */
const roles: Record<string, HeldRole> = Object.fromEntries([
  ...['IAM_OWNER', 'IAM_OWNER_VIEWER', 'IAM_ORG_MANAGER', 'IAM_USER_MANAGER', 'IAM_LOGIN_CLIENT', 'IAM_CUSTOM'].map(
    (role) => [role, instance(role)],
  ),
  ...['A', 'B'].flatMap((id) => [
    ...['ORG_OWNER', 'ORG_OWNER_VIEWER', 'ORG_USER_MANAGER', 'ORG_SETTINGS_MANAGER', 'ORG_CUSTOM'].map((role) => [
      `${role}@${id}`,
      inOrganisation(role, id),
    ]),
    [`PROJECT_OWNER@p${id}`, inProject('PROJECT_OWNER', `p${id}`, id)],
    [`PROJECT_GRANT_OWNER@g${id}`, inGrant('PROJECT_GRANT_OWNER', `g${id}`, id)],
  ]),
]);
const names = Object.keys(roles);
const below = (name: string) => /^(ORG|PROJECT)_/.test(name);

/** What each role covers beside itself, written as names so that the rule is not repeated here. */
const covered: Record<string, (name: string) => boolean> = {
  IAM_OWNER: () => true,
  IAM_ORG_MANAGER: below,
  'ORG_OWNER@A': (name) => below(name) && name.endsWith('A'),
  'ORG_OWNER@B': (name) => below(name) && name.endsWith('B'),
};

describe('all pairs of roles', () => {
  const pairs = names.flatMap((mine) => names.map((theirs) => [mine, theirs] as const));
  it.each(pairs)('%s on %s', (mine, theirs) => {
    const expected = mine === theirs || (covered[mine]?.(theirs) ?? false);
    expect(coversRole(role(mine), role(theirs))).toBe(expected);
  });
  it('are many enough to mean something', () => {
    expect(pairs.length).toBe(400);
  });
});

describe('a person against a person', () => {
  it('needs each of the roles covered, by any of the own ones', () => {
    const mine = [role('ORG_USER_MANAGER@A'), role('ORG_OWNER@B')];
    expect(coversAll(mine, [role('ORG_USER_MANAGER@A'), role('PROJECT_OWNER@pB')])).toBe(true);
    expect(coversAll(mine, [role('ORG_USER_MANAGER@A'), role('PROJECT_OWNER@pA')])).toBe(false);
  });
  it('covers somebody without any role, even without a role', () => {
    expect(coversAll([], [])).toBe(true);
  });
  it('refuses when their roles cannot be read, to the highest role as well', () => {
    expect(coversAll([role('IAM_OWNER')], null)).toBe(false);
  });
  it("takes a role for the instance's by its place, not by its name", () => {
    expect(coversRole(inOrganisation('IAM_OWNER', 'A'), role('ORG_OWNER@B'))).toBe(false);
    expect(coversRole(role('IAM_ORG_MANAGER'), instance('ORG_OWNER'))).toBe(false);
    expect(coversRole(role('ORG_OWNER@A'), { ...inProject('PROJECT_OWNER', 'p', 'A'), organisationId: null })).toBe(
      false,
    );
  });
});

function role(name: string): HeldRole {
  const found = roles[name];
  if (!found) throw new Error(`no role ${name}`);
  return found;
}
