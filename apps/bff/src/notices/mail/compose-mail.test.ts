import { describe, expect, it } from 'vitest';
import type { NoticeRow } from '../../store/notice-tables.ts';
import { noticeFor } from '../../testing/notice-world.ts';
import type { DisputeFacts } from '../notice-facts.ts';
import { composeMail } from './compose-mail.ts';
import { findLanguage, noticeTexts } from './texts/find-texts.ts';

const row: NoticeRow = {
  notice_id: 'n1',
  reset_id: 'r1',
  user_id: '42',
  kind: 'user',
  address: 'ada@example.org',
  language: 'en',
  facts: '{}',
  code_hash: null,
  code_expires_at: null,
  disputed_at: null,
  dispute_state: null,
  dispute_attempts: 0,
  dispute_next_at: null,
  dispute_address: null,
  dispute_request_id: null,
  dispute_lifted_at: null,
  state: 'waiting',
  attempts: 0,
  next_attempt_at: 0,
  created_at: 0,
  sent_at: null,
};
const origin = 'https://latchkey.example.com';
const markup = '<b>"Ada" & \'Co\'</b>\u202e';
const languages = Object.keys(noticeTexts);

function composeFor(language: string, code?: string, different = {}) {
  const facts = noticeFor({
    name: markup,
    removed: (['totp', 'otpSms', 'otpEmail', 'recoveryCodes'] as const).map((kind) => ({ factor: { kind } })),
    ...different,
  });
  return composeMail(origin, { ...row, language, facts: JSON.stringify(facts) }, code);
}

function composeDispute(language: string, locked: boolean) {
  const facts: DisputeFacts = { name: markup, agentName: 'Grace', at: 0, locked };
  return composeMail(origin, { ...row, kind: 'admin', language, facts: JSON.stringify(facts) }, undefined);
}

describe.each(languages)('in %s', (language) => {
  it('every mail has words for everything, and escapes names', () => {
    const keys = (['u2f', 'passkey'] as const).map((kind) => ({ factor: { kind, id: '1' }, name: markup }));
    const mails = [
      composeFor(language, 'c'.repeat(43)),
      composeFor(language, undefined, { removed: keys, reenrolment: 'none', keptLocked: true }),
      composeFor(language, undefined, { removed: [], reenrolment: 'passkeyLink', sessionsEnded: 0 }),
      composeDispute(language, true),
      composeDispute(language, false),
    ];
    for (const { subject, text, html } of mails) {
      expect(subject.length).toBeGreaterThan(5);
      expect(`${subject}${text}${html}`).not.toMatch(/undefined|\bnull\b|\[object|\$\{/);
      expect(html).not.toContain('<b>');
      expect(html).toContain('&lt;b&gt;&quot;Ada&quot; &amp; &#39;Co&#39;&lt;/b&gt;');
      expect(html).toContain(`lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"`);
      // A character that turns the direction of all that follows.
      expect(text).not.toContain('\u202e');
      expect(text).toContain('UTC');
    }
  });

  it('says other things than English', () => {
    const texts = (of: string) => [composeFor(of, 'c').text, composeDispute(of, true).text];
    if (language !== 'en')
      for (const [index, text] of texts(language).entries()) expect(text).not.toBe(texts('en')[index]);
  });
});

describe('the mail to the person', () => {
  it('links to the page with the code in the fragment, where no server sees it', () => {
    const code = 'c'.repeat(43);
    const { text, html } = composeFor('en', code);
    const address = `${origin}/not-me#${code}`;
    expect(text.split('\n')).toContain(address);
    expect(html).toContain(`<a href="${address}">`);
    expect(html.match(/https?:/g)).toHaveLength(2);
  });

  it('says to call the help desk where there is no link', () => {
    const { text, html } = composeFor('en');
    expect(text).toContain('Call your help desk at once');
    expect(html).not.toContain('<a ');
  });
});

describe('a language', () => {
  it.each([
    ['de', 'de'],
    ['de-CH', 'de'],
    ['pt_BR', 'pt'],
    ['ZH-Hans-CN', 'zh'],
    ['nl', 'en'],
    ['', 'en'],
    ['constructor', 'en'],
  ])('of %j is %s', (preferred, language) => expect(findLanguage(preferred)).toBe(language));
});
