import { allowInsecureRequests, Configuration, None, ResponseBodyError, refreshTokenGrant } from 'openid-client';
import { ProviderError } from './provider-error.ts';

// No refresh token looks like this.
const noToken = 'latchkey-probe';

/**
 * Asks ZITADEL two things that no document tells: whether it would take us without our key or secret, and whether it
 * knows us with it. Where it would, anybody who sees a refresh token could use it: such an application is refused.
 *
 * @throws ProviderError `misconfigured`, with the reason; what the network does wrong is not judged here.
 */
export async function probeClient(configuration: Configuration): Promise<void> {
  const { client_id: clientId } = configuration.clientMetadata();
  const server = configuration.serverMetadata();
  const anonymous = new Configuration(server, clientId, undefined, None());
  if (server.issuer.startsWith('http:')) allowInsecureRequests(anonymous);
  if (judgedToken(await refuseProbe(anonymous))) {
    throw new ProviderError(
      'misconfigured',
      'the application at ZITADEL needs no client authentication: change its authentication method to private_key_jwt',
    );
  }
  const answer = await refuseProbe(configuration);
  if (answer?.error === 'invalid_client') {
    throw new ProviderError('misconfigured', 'ZITADEL does not take our key or secret for that of the application', {
      error: 'invalid_client',
    });
  }
}

async function refuseProbe(configuration: Configuration): Promise<ResponseBodyError | undefined> {
  try {
    await refreshTokenGrant(configuration, noToken);
  } catch (error) {
    if (error instanceof ResponseBodyError) return error;
  }
  return undefined;
}

/** Whether the refusal is about the token: then the caller had been let in (zitadel-oidc.md, 3). */
function judgedToken(answer: ResponseBodyError | undefined): boolean {
  return answer?.error === 'invalid_grant' || /refresh_?token/i.test(answer?.error_description ?? '');
}
