import type { IdentityProvider } from '../session/provider/identity-provider.ts';
import { inSpan } from './in-span.ts';

/** The same provider, with a span around each call that goes over the network. */
export function traceProvider(provider: IdentityProvider): IdentityProvider {
  const span = <Value>(name: string, call: () => Promise<Value>) => inSpan(`ZITADEL ${name}`, {}, call);
  return {
    ...provider,
    check: () => span('check', () => provider.check()),
    exchangeCode: (url, checks) => span('token (code)', () => provider.exchangeCode(url, checks)),
    refresh: (former) => span('token (refresh)', () => provider.refresh(former)),
    readProfile: (token, subject) => span('userinfo', () => provider.readProfile(token, subject)),
    revoke: (token) => span('revoke', () => provider.revoke(token)),
    endSession: (idToken) => span('end_session', () => provider.endSession(idToken)),
  };
}
