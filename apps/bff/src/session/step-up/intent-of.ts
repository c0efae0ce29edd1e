import type { StepUpIntent } from '@latchkey/contract/session';

/**
 * What a changing request is about, in the words a step-up is bound to.
 *
 * @param url path and query as they were sent.
 * @returns undefined for what no step-up can be bound to.
 */
export function intentOf(url: string): StepUpIntent | undefined {
  const path = url.split('?', 1)[0] ?? '';
  const [, userId] = /^\/bff\/api\/users\/([^/]+)(?:\/|$)/.exec(path) ?? [];
  if (userId !== undefined) return `user:${decode(userId)}`;
  const [, approvalId] = /^\/bff\/api\/approvals\/([^/]+)\/[a-z]+$/.exec(path) ?? [];
  if (approvalId !== undefined) return `approval:${decode(approvalId)}`;
  return /^\/bff\/api\/login-policy(\/|$)/.test(path) ? 'login-policy' : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
