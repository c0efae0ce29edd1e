import { Code, ConnectError } from '@connectrpc/connect';
import { isWithoutRole } from '../zitadel/applications/projects.ts';
import { findCause, UpstreamFault } from '../zitadel/upstream/upstream-fault.ts';

/** Why the connection cannot be made, in a sentence an operator can act on. The one error of this room. */
export class ConnectFault extends Error {
  override readonly name = 'ConnectFault';
}

/** Puts what ZITADEL or the way to it answered into such a sentence. Anything else is a fault of ours and stays. */
export function toConnectFault(error: unknown, apiUrl: string): unknown {
  if (error instanceof ConnectFault) return error;
  const fault = findCause(error, UpstreamFault);
  if (fault) return new ConnectFault(describeFault(fault, apiUrl), { cause: error });
  if (!(error instanceof ConnectError)) return error;
  switch (error.code) {
    case Code.Unauthenticated:
      return new ConnectFault(
        'ZITADEL does not accept the token in the PAT file: it is wrong, expired or removed, or of another ZITADEL.',
        { cause: error },
      );
    case Code.PermissionDenied:
      return new ConnectFault(describeRefusal(error), { cause: error });
    case Code.NotFound:
      return new ConnectFault(isWithoutRole(error) ? describeRefusal(error) : describeAnswer(error), { cause: error });
    case Code.Unimplemented:
      return new ConnectFault(`${apiUrl} answers, but it has no API of ZITADEL's (${error.rawMessage}).`, {
        cause: error,
      });
    default:
      return new ConnectFault(describeAnswer(error), { cause: error });
  }
}

function describeRefusal({ rawMessage }: ConnectError): string {
  return `ZITADEL refuses this to the owner of the token (${rawMessage}). Somebody with ORG_OWNER or IAM_OWNER may do it.`;
}

function describeAnswer({ rawMessage }: ConnectError): string {
  return `ZITADEL answered: ${rawMessage}. What was made so far stays and is written down; run it again to go on.`;
}

function describeFault({ kind, message }: UpstreamFault, apiUrl: string): string {
  switch (kind) {
    case 'unreachable':
    case 'circuitOpen':
      return `ZITADEL's API cannot be reached at ${apiUrl} (${message}). Is it running, and is the address right?`;
    case 'timeout':
    case 'reset':
    case 'aborted':
      return `The connection to ${apiUrl} broke off (${message}). Run it again: it goes on from where it was.`;
    case 'redirected':
    case 'tooLarge':
    case 'notJson':
      return `${apiUrl} answers, but not as ZITADEL's API does (${message}).`;
  }
}
