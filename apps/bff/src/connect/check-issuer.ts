import * as z from 'zod';
import { ConnectFault } from './connect-fault.ts';

const Discovery = z.object({ issuer: z.string() });

/**
 * Makes sure that an OpenID provider of exactly this name answers, as the BFF will want it at each start (OpenID Connect
 * Discovery 1.0, 4.3).
 *
 * @throws ConnectFault
 */
export async function checkIssuer(issuer: string): Promise<void> {
  const url = `${issuer}/.well-known/openid-configuration`;
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) }).catch(
    (error: unknown) => {
      throw new ConnectFault(
        `Nothing answers at ${issuer} (${reasonOf(error)}). Is the address right, and reachable from here?`,
      );
    },
  );
  const parsed = Discovery.safeParse(await answer.json().catch(() => undefined));
  if (!answer.ok || !parsed.success) {
    throw new ConnectFault(
      `${issuer} answers, but it is not a ZITADEL: ${url} answered ${answer.status} and no OpenID configuration.`,
    );
  }
  if (parsed.data.issuer !== issuer) {
    throw new ConnectFault(`${issuer} calls itself ${parsed.data.issuer.slice(0, 200)}. Give that as --issuer.`);
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.name : String(cause);
}
