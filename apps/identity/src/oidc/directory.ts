import type { OidcConfiguration } from '../domain/application.ts';

/** An application as OIDC needs it. */
export interface OidcApplication {
  readonly projectId: string;
  readonly config: OidcConfiguration;
  /** Keys for private_key_jwt, expired ones left out. */
  readonly keys: readonly { readonly keyId: string; readonly publicKey: string }[];
  /** SHA-256, base64url, of its secret. */
  readonly secretHash: string | undefined;
}

/** A person as claims need them. */
export interface OidcPerson {
  readonly id: string;
  readonly active: boolean;
  readonly loginName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  /** BCP 47, or undefined where the person said nothing. */
  readonly locale: string | undefined;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly phone: string | undefined;
  readonly phoneVerified: boolean;
  /** Epoch milliseconds. */
  readonly changedAt: number;
}

/** What OIDC asks of the rest of the server: applications, people, and whether a sign-in still counts. */
export interface OidcDirectory {
  readonly zitadelProjectId: string;
  application(clientId: string): Promise<OidcApplication | undefined>;
  clientIdsOf(projectId: string): Promise<readonly string[]>;
  person(userId: string): Promise<OidcPerson | undefined>;
  /**
   * Whether an access token has been ended by what happened after it was made: its session ended, its person was
   * locked, deactivated or deleted. An unlock does not bring it back (seen on a real server).
   */
  endedSince(position: number, signIn: { readonly userId: string; readonly sessionId: string }): Promise<boolean>;
  /** Position of the last event of all. */
  lastPosition(): Promise<number>;
}
