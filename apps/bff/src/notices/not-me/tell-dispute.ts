import type { ServiceAccount } from '../../service-account/service-account.ts';
import type { NoticeRow } from '../../store/notice-tables.ts';
import { deliverNotice } from '../deliver-notice.ts';
import { type DisputeFacts, UserFacts } from '../notice-facts.ts';
import type { NoticeParts } from '../notice-parts.ts';
import { putNotice } from '../put-notice.ts';

interface Addressee {
  readonly kind: 'agent' | 'admin';
  readonly address: string | null;
  readonly language: string;
}

/**
 * Tells the agent of a case and the owners of the instance that it is disputed: once each, and once more when a lock that
 * failed at first has come about.
 *
 * @param serviceAccount null when ZITADEL cannot be asked: then only the agent is told, by what the case knew of them.
 * @param name of the person; null to take the one of the case.
 * @throws Error when the database does.
 */
export async function tellDispute(
  parts: NoticeParts,
  serviceAccount: ServiceAccount | null,
  row: NoticeRow,
  name: string | null,
  locked: boolean,
): Promise<void> {
  const told = UserFacts.parse(JSON.parse(row.facts));
  const facts: DisputeFacts = {
    name: name ?? told.name,
    agentName: told.agent.name,
    at: row.disputed_at ?? parts.clock(),
    locked,
  };
  const [agent, owners] = await Promise.all([
    findAgent(serviceAccount, row, told.agent),
    serviceAccount?.listOwners(row.notice_id).catch((error: unknown) => {
      parts.log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'the owners could not be looked up');
      return [];
    }) ?? [],
  ]);
  const admins = owners.map(({ address, language }): Addressee => ({ kind: 'admin', address, language }));
  const addresses = new Set<string>();
  for (const { kind, address, language } of [agent, ...admins]) {
    if (address === null || addresses.has(address)) continue;
    addresses.add(address);
    const id = await putNotice(parts, {
      resetId: row.reset_id,
      userId: row.user_id,
      kind,
      address,
      language,
      facts,
      purpose: locked ? 'disputed and locked' : 'disputed',
    });
    // The person need not wait for mails to others; what fails is tried again with all that are due.
    deliverNotice(parts, id).catch(() => {});
  }
}

async function findAgent(
  serviceAccount: ServiceAccount | null,
  row: NoticeRow,
  { userId, email }: UserFacts['agent'],
): Promise<Addressee> {
  try {
    const found = await serviceAccount?.readPerson(row.notice_id, userId);
    if (found) return { kind: 'agent', address: found.address, language: found.language };
  } catch {
    // They may have left; the case remembers where they could be reached.
  }
  return { kind: 'agent', address: email, language: '' };
}
