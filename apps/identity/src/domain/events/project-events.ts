import type { OidcConfiguration } from '../application.ts';

type Nothing = Record<string, never>;

/** Events of projects and their applications (which are part of the project's aggregate, as in ZITADEL). */
export interface ProjectEvents {
  'project.added': { name: string };
  'project.changed': { name: string };
  'project.deactivated': Nothing;
  'project.reactivated': Nothing;
  'project.removed': Nothing;
  'project.member.added': { userId: string; roles: string[] };
  'project.member.changed': { userId: string; roles: string[] };
  'project.member.removed': { userId: string };
  'project.application.added': { appId: string; name: string };
  'project.application.changed': { appId: string; name: string };
  'project.application.deactivated': { appId: string };
  'project.application.reactivated': { appId: string };
  'project.application.removed': { appId: string };
  /** `secretHash`: SHA-256, base64url, of a random client secret. */
  'project.application.config.oidc.added': { appId: string; config: OidcConfiguration; secretHash?: string };
  'project.application.config.oidc.changed': { appId: string; config: OidcConfiguration };
  /** `secretHash`: as above. */
  'project.application.config.oidc.secret.changed': { appId: string; secretHash: string };
  /** `publicKey`: PEM SPKI. The private half is handed out once and kept nowhere. */
  'project.application.oidc.key.added': {
    appId: string;
    clientId: string;
    keyId: string;
    publicKey: string;
    expirationDate: number;
  };
  'project.application.oidc.key.removed': { appId: string; keyId: string };
}
