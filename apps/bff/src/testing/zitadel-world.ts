import type { EmbeddedZitadel } from './embedded-zitadel.ts';
import type { SignedIn } from './serve-routes.ts';

/** What tests make in a ZITADEL, through its public API: callers of every role, people with factors. */
export interface World {
  readonly admin: SignedIn;
  /** Calls ZITADEL as its first machine user. @throws Error for anything but 2xx. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Json>;
  makeOrganisation(): Promise<string>;
  /** A machine user with a token, a member with `role` of the organisation or, for IAM roles, of the instance. */
  makeCaller(role: string | undefined, organisationId: string): Promise<SignedIn>;
  /** A human with verified email and phone, and codes by email and by SMS set up. */
  makePerson(organisationId: string, role?: string): Promise<string>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers of an API that is only driven here, not described.
type Json = any;

let count = 0;
function unique(): string {
  count += 1;
  return `${Date.now().toString(36)}${count.toString(36)}`;
}

export async function openWorld(zitadel: EmbeddedZitadel): Promise<World> {
  const api: World['api'] = async (method, path, body, headers) => {
    const answer = await fetch(zitadel.origin + path, {
      method,
      headers: { authorization: `Bearer ${zitadel.adminToken}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : {};
  };
  const join = (userId: string, role: string, organisationId: string) =>
    role.startsWith('IAM_')
      ? api('POST', '/admin/v1/members', { userId, roles: [role] })
      : api('POST', '/management/v1/orgs/me/members', { userId, roles: [role] }, { 'x-zitadel-orgid': organisationId });
  return {
    api,
    admin: { userId: (await api('GET', '/auth/v1/users/me')).user.id, token: zitadel.adminToken },
    makeOrganisation: async () => (await api('POST', '/v2/organizations', { name: `Org ${unique()}` })).organizationId,
    makeCaller: async (role, organisationId) => {
      const there = { 'x-zitadel-orgid': organisationId };
      const name = `caller-${unique()}`;
      const { userId } = await api('POST', '/management/v1/users/machine', { userName: name, name }, there);
      const expirationDate = '2098-01-01T00:00:00Z';
      const { token } = await api('POST', `/management/v1/users/${userId}/pats`, { expirationDate }, there);
      if (role) await join(userId, role, organisationId);
      return { userId, token };
    },
    makePerson: async (organisationId, role) => {
      const name = `person-${unique()}`;
      const { userId } = await api('POST', '/v2/users/human', {
        organization: { orgId: organisationId },
        username: name,
        profile: { givenName: 'Ada', familyName: name },
        email: { email: `${name}@example.org`, isVerified: true },
        phone: { phone: '+41791234567', isVerified: true },
      });
      await api('POST', `/v2/users/${userId}/otp_email`);
      await api('POST', `/v2/users/${userId}/otp_sms`);
      if (role) await join(userId, role, organisationId);
      return userId;
    },
  };
}
