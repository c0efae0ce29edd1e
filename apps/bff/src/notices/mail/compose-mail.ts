import type { NoticeRow } from '../../store/notice-tables.ts';
import { DisputeFacts, UserFacts } from '../notice-facts.ts';
import { type MailBlock, renderHtml, renderText } from './mail-body.ts';
import type { Mail } from './mail-sender.ts';
import { findLanguage, type NoticeLanguage, noticeTexts } from './texts/find-texts.ts';

/**
 * A mail from what is kept of it.
 *
 * @param publicUrl our origin, for links.
 * @param code of "this was not me"; undefined where there is no such link.
 * @throws ZodError when the row was not written by this or a former version.
 */
export function composeMail(publicUrl: string, row: NoticeRow, code: string | undefined): Mail {
  const language = findLanguage(row.language);
  const { direction } = noticeTexts[language];
  const facts: unknown = JSON.parse(row.facts);
  const { subject, blocks } =
    row.kind === 'user'
      ? tellUser(language, UserFacts.parse(facts), code && `${publicUrl}/not-me#${code}`)
      : tellDispute(language, DisputeFacts.parse(facts), `${publicUrl}/resets/${encodeURIComponent(row.reset_id)}`);
  return {
    to: row.address,
    subject,
    language,
    text: renderText(blocks),
    html: renderHtml(blocks, { language, direction, title: subject }),
    messageId: `<${row.notice_id}@${new URL(publicUrl).hostname}>`,
  };
}

interface Composed {
  readonly subject: string;
  readonly blocks: readonly MailBlock[];
}

function tellUser(language: NoticeLanguage, facts: UserFacts, link: string | undefined): Composed {
  const { user, factors } = noticeTexts[language];
  const removed = facts.removed.map(({ factor, name }) =>
    name ? `${factors[factor.kind]}: ${cleanName(name)}` : factors[factor.kind],
  );
  const sessions = new Intl.NumberFormat(language).format(facts.sessionsEnded);
  const blocks: MailBlock[] = [
    { kind: 'paragraph', text: user.greeting(cleanName(facts.name)) },
    { kind: 'paragraph', text: user.opening(formatTime(language, facts.at)) },
    { kind: 'heading', text: user.removed },
    removed.length > 0 ? { kind: 'list', items: removed } : { kind: 'paragraph', text: user.nothingRemoved },
    ...(facts.sessionsEnded > 0 ? [{ kind: 'paragraph', text: user.sessionsEnded(sessions) } as const] : []),
    { kind: 'heading', text: user.next },
    { kind: 'paragraph', text: user.follows[facts.reenrolment] },
    ...(facts.keptLocked ? [{ kind: 'paragraph', text: user.keptLocked } as const] : []),
    { kind: 'heading', text: user.notMe },
    { kind: 'paragraph', text: link === undefined ? user.notMeCall : user.notMeLink },
    ...(link === undefined ? [] : [{ kind: 'link', url: link } as const]),
  ];
  return { subject: user.subject, blocks };
}

function tellDispute(language: NoticeLanguage, facts: DisputeFacts, link: string): Composed {
  const { dispute } = noticeTexts[language];
  const at = formatTime(language, facts.at);
  const blocks: MailBlock[] = [
    { kind: 'paragraph', text: dispute.opening(cleanName(facts.name), cleanName(facts.agentName), at) },
    { kind: 'paragraph', text: facts.locked ? dispute.locked : dispute.notLocked },
    { kind: 'paragraph', text: dispute.advice },
    { kind: 'heading', text: dispute.link },
    { kind: 'link', url: link },
  ];
  return { subject: dispute.subject, blocks };
}

/**
 * A name somebody chose, on one line, of a length, and isolated (U+2068, U+2069), so that its direction of writing does
 * not turn the sentence around it.
 */
function cleanName(name: string): string {
  const line = name.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return `\u2068${[...line].slice(0, 100).join('')}\u2069`;
}

/** In UTC, and it says so: a mail does not know where it is read. */
function formatTime(language: NoticeLanguage, at: number): string {
  return new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(at);
}
