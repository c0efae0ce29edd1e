import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';

/**
 * Refuses calls for a host no instance has, in ZITADEL's words: before anyone is asked who they are.
 *
 * @param hostAllowed gets the host as it was sent, with its port
 * @param externalDomain the domain the answer names as the right one
 */
export function hostGuard(hostAllowed: (host: string) => boolean, externalDomain: string): Interceptor {
  return (next) => async (req) => {
    const { host } = new URL(req.url);
    if (!hostAllowed(host)) throw unknownHost(host, externalDomain);
    return await next(req);
  };
}

function unknownHost(host: string, externalDomain: string): ConnectError {
  const found = 'ID=QUERY-1kIjX Message=Instance not found. Make sure you got the domain right.';
  const where = 'Check out https://zitadel.com/docs/apis/introduction#domains';
  return new ConnectError(
    `unable to set instance using origin &{${host}  http} (ExternalDomain is ${externalDomain}): ${found} ${where}`,
    Code.NotFound,
  );
}
