import type { Approval } from '@latchkey/contract/approval';
import type { LoginPolicy, SecondFactorType } from '@latchkey/contract/login-policy';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { approvalsQuery } from '../../api/approvals-query.ts';
import { formatTime } from '../../i18n/format.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useSession } from '../../session/use-session.ts';
import type { SecondFactorChange } from './login-policy-queries.ts';

type Act = SecondFactorChange['act'];

/** What the viewer has asked a second person for and can still use, by the change it is for. */
export type PolicyApprovals = (act: Act, type: SecondFactorType) => Approval | null;

/** The viewer's own requests; nothing is asked where the operator wants no second person. */
export function usePolicyApprovals({ approvalRequired = false }: LoginPolicy): PolicyApprovals {
  const viewerId = useSession()?.profile.sub;
  const { data } = useQuery({ ...approvalsQuery, enabled: approvalRequired });
  return (act, type) => findPolicyApproval(data?.approvals ?? [], viewerId ?? null, act, type);
}

/** The newest request of a person for one change that waits or is approved. @param approvals newest first */
export function findPolicyApproval(
  approvals: readonly Approval[],
  viewerId: string | null,
  act: Act,
  type: SecondFactorType,
): Approval | null {
  const wanted = act === 'remove' ? 'removeSecondFactor' : 'addSecondFactor';
  const found = approvals.find(
    ({ subject, state, requestedBy }) =>
      subject.kind === 'policy' &&
      subject.act === wanted &&
      subject.type === type &&
      requestedBy.userId === viewerId &&
      (state === 'waiting' || state === 'approved'),
  );
  return found ?? null;
}

/** How a request stands, beside what it is for. */
export function policyApprovalWords({ state, expiresAt, decidedBy }: Approval): string {
  const time = formatTime(expiresAt);
  const name = isolate(decidedBy?.name ?? '');
  return state === 'approved'
    ? t`Approved by ${name}, good until ${time}`
    : t`Waiting for a second person until ${time}`;
}
