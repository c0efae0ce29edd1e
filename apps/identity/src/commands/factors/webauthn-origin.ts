import { invalidArgument } from '../../domain/errors.ts';

/**
 * The origin in the authenticator's answer, if it may use keys of `rpId` (WebAuthn level 3, section 5.1.4.1): the same
 * domain or one below it, by https, or by http on localhost. The server is asked by its own pages and by the console at
 * another port, so there is no one origin to expect.
 *
 * @param clientDataJson base64url.
 * @throws DomainError WEBAU-3M9si otherwise.
 */
export function expectedOrigin(clientDataJson: string, rpId: string): string {
  const origin = readOrigin(clientDataJson);
  const url = origin !== undefined && URL.canParse(origin) ? new URL(origin) : undefined;
  const sameDomain = url && (url.hostname === rpId || url.hostname.endsWith(`.${rpId}`));
  const secure = url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url.hostname)));
  if (!url || !sameDomain || !secure) {
    throw invalidArgument('WEBAU-3M9si', 'Errors.User.WebAuthN.ErrorOnParseCredential');
  }
  return url.origin;
}

function readOrigin(clientDataJson: string): string | undefined {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString('utf8'));
    if (typeof data !== 'object' || data === null || !('origin' in data)) return undefined;
    return typeof data.origin === 'string' ? data.origin : undefined;
  } catch {
    return undefined;
  }
}

function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

/** What `JSON.stringify(credential)` made in the browser; only its outline is looked at, the verifier reads the rest. */
export function parseCredential<Response>(credential: unknown): Response {
  const value = typeof credential === 'string' ? readJson(credential) : credential;
  if (
    typeof value !== 'object' ||
    value === null ||
    !('id' in value && typeof value.id === 'string') ||
    !('response' in value && typeof value.response === 'object' && value.response !== null) ||
    !('clientDataJSON' in value.response && typeof value.response.clientDataJSON === 'string')
  ) {
    throw invalidArgument('WEBAU-8M9si', 'Errors.User.WebAuthN.ErrorOnParseCredential');
  }
  return { clientExtensionResults: {}, ...value } as Response;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
