import { systemContext } from '../../commands/context.ts';
import { changeLoginPolicy } from '../../commands/policies/login-policy.ts';
import { addSecondFactor } from '../../commands/policies/login-policy-factors.ts';
import { DEFAULT_LOGIN_POLICY } from '../../domain/login-policy.ts';
import type { Store } from '../../store/open-store.ts';

/**
 * The demo's policy: codes by email and SMS are allowed beside what a new instance allows, nothing is forced, and nobody
 * is asked at sign-in to set a second factor up. A new instance asks once a month; in a demo whose people lose their
 * factors all day the page would stand between every removal and its effect.
 */
export async function setDemoPolicy(store: Store): Promise<void> {
  const context = systemContext(store);
  const owner = { level: 'instance' } as const;
  await addSecondFactor(context, { owner, factor: 'otpEmail' });
  await addSecondFactor(context, { owner, factor: 'otpSms' });
  await changeLoginPolicy(context, { owner, rules: { ...DEFAULT_LOGIN_POLICY, mfaInitSkipLifetime: 0 } });
}
