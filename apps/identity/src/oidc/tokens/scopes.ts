/** Puts the project that stands for ZITADEL's own API into the audience. Its id may not be known to the client. */
export const API_AUDIENCE = 'urn:zitadel:iam:org:project:id:zitadel:aud';

const PROJECT_AUDIENCE = /^urn:zitadel:iam:org:project:id:([^:]+):aud$/;

/** Ids of the projects that scopes add to the audience, `zitadel` resolved. */
export function projectsInScope(scopes: Iterable<string>, zitadelProjectId: string): string[] {
  return [...scopes].flatMap((scope) => {
    if (scope === API_AUDIENCE) return [zitadelProjectId];
    const project = PROJECT_AUDIENCE.exec(scope)?.[1];
    return project === undefined ? [] : [project];
  });
}
