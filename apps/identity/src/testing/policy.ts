import { systemContext } from '../commands/context.ts';
import { changeLoginPolicy } from '../commands/policies/login-policy.ts';
import { addSecondFactor, removeSecondFactor } from '../commands/policies/login-policy-factors.ts';
import { DEFAULT_LOGIN_POLICY, type LoginPolicyRules, type SecondFactor } from '../domain/login-policy.ts';
import type { RunningServer } from './running-server.ts';

const owner = { level: 'instance' } as const;

/** Sets what the instance's policy says; without a change of `mfaInitSkipLifetime` nobody is asked to set up a factor. */
export async function setPolicy(
  server: Pick<RunningServer, 'store'>,
  rules: Partial<LoginPolicyRules> = {},
): Promise<void> {
  const wanted = { ...DEFAULT_LOGIN_POLICY, mfaInitSkipLifetime: 0, ...rules };
  await changeLoginPolicy(systemContext(server.store), { owner, rules: wanted });
}

export async function allowFactor(server: Pick<RunningServer, 'store'>, factor: SecondFactor): Promise<void> {
  await addSecondFactor(systemContext(server.store), { owner, factor });
}

export async function forbidFactor(server: Pick<RunningServer, 'store'>, factor: SecondFactor): Promise<void> {
  await removeSecondFactor(systemContext(server.store), { owner, factor });
}
