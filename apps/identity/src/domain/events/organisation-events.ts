import type { LoginPolicyRules } from '../login-policy.ts';

type Nothing = Record<string, never>;

interface Member {
  userId: string;
  roles: string[];
}

/** `mfaType`: ZITADEL's number of the type (domain/login-policy.ts). */
interface PolicyFactor {
  mfaType: number;
}

/** Events of the instance, its organisations and projects. */
export interface OrganisationEvents {
  'instance.added': { name: string };
  'instance.default.org.set': { orgId: string };
  'instance.iam.project.set': { iamProjectId: string };
  'instance.member.added': Member;
  'instance.member.changed': Member;
  'instance.member.removed': { userId: string };
  'instance.policy.login.added': LoginPolicyRules;
  'instance.policy.login.changed': LoginPolicyRules;
  'instance.policy.login.secondfactor.added': PolicyFactor;
  'instance.policy.login.secondfactor.removed': PolicyFactor;
  'instance.policy.login.multifactor.added': PolicyFactor;
  'instance.policy.login.multifactor.removed': PolicyFactor;
  'instance.policy.lockout.added': { maxPasswordAttempts: number; maxOTPAttempts: number };
  'instance.policy.lockout.changed': { maxPasswordAttempts: number; maxOTPAttempts: number };
  'org.added': { name: string };
  'org.changed': { name: string };
  'org.domain.added': { domain: string };
  'org.domain.verified': { domain: string };
  'org.domain.primary.set': { domain: string };
  'org.deactivated': Nothing;
  'org.reactivated': Nothing;
  'org.removed': Nothing;
  'org.member.added': Member;
  'org.member.changed': Member;
  'org.member.removed': { userId: string };
  'org.policy.login.added': LoginPolicyRules;
  'org.policy.login.changed': LoginPolicyRules;
  'org.policy.login.removed': Nothing;
  'org.policy.login.secondfactor.added': PolicyFactor;
  'org.policy.login.secondfactor.removed': PolicyFactor;
  'org.policy.login.multifactor.added': PolicyFactor;
  'org.policy.login.multifactor.removed': PolicyFactor;
}
