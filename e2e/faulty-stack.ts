import { type Stack, startStack } from '@latchkey/test-kit/stack';
import { type FaultProxy, startFaultProxy } from '../apps/bff/src/testing/fault-proxy.ts';

/** A stack whose BFF reaches ZITADEL's API through a proxy that lets chosen requests fail. */
export interface FaultyStack {
  readonly stack: Stack;
  readonly proxy: FaultProxy;
  stop(): Promise<void>;
}

/** Starts it, with data of its own. @throws Error when a process does not become ready. */
export async function startFaultyStack(): Promise<FaultyStack> {
  const faults: { proxy?: FaultProxy } = {};
  const stack = await startStack({
    env: async (issuer) => {
      faults.proxy = await startFaultProxy(issuer);
      return { LATCHKEY_API_URL: faults.proxy.origin, LATCHKEY_API_HOST: new URL(issuer).host };
    },
  });
  const { proxy } = faults;
  if (!proxy) throw new Error('There is no proxy.');
  return {
    stack,
    proxy,
    async stop() {
      await stack.stop();
      await proxy.close();
    },
  };
}
