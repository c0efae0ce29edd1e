import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MailReceiver, startMailReceiver } from '../testing/mail-receiver.ts';
import { createTestNotices, noticeFor } from '../testing/notice-world.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { deliverDueNotices } from './deliver-notice.ts';
import type { NoticeParts } from './notice-parts.ts';
import { sweepNotices } from './sweep-notices.ts';
import { readNotice, tellUser } from './tell-user.ts';

let kept: TestAudit;
let receiver: MailReceiver;
let parts: NoticeParts;
let ahead = 0;
const logged: string[] = [];

beforeAll(async () => {
  kept = await openTestAudit();
  receiver = await startMailReceiver();
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  parts = createTestNotices(kept, { smtpUrl: receiver.url, clock: () => Date.now() + ahead, log });
});
afterAll(async () => {
  await receiver?.stop();
  await kept?.close();
});
beforeEach(async () => {
  receiver.behaviour = 'take';
  receiver.mails.splice(0);
  await kept.store.deleteFrom('notices').execute();
});

const minute = 60_000;

describe('a mail', () => {
  it('goes to the person, in their language, and says what was done', async () => {
    const notice = noticeFor({ language: 'de-CH' });
    expect(await tellUser(parts, notice)).toMatchObject({ state: 'sent', address: 'ada@example.org', attempts: 1 });
    const [mail] = receiver.mails;
    expect(mail?.to).toEqual(['ada@example.org']);
    expect(mail?.subject).toBe('Ihr Helpdesk hat Ihre Anmeldung geändert');
    for (const said of [
      'Authenticator-App',
      'Sicherheitsschlüssel',
      'Blue',
      'Ada Keller',
      'UTC',
      '22. November 2026',
    ]) {
      expect(mail?.text).toContain(said);
      expect(mail?.html).toContain(said);
    }
    expect(mail?.text).toContain('Rufen Sie sofort Ihren Helpdesk an');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.headers.get('content-language')).toBe('de');
    expect(mail?.headers.get('from')).toBe('Latchkey <latchkey@example.com>');
  });

  it('is sent once for a case, however often it is asked for', async () => {
    const notice = noticeFor();
    await Promise.all([tellUser(parts, notice), tellUser(parts, notice), tellUser(parts, notice)]);
    expect(await tellUser(parts, notice)).toMatchObject({ state: 'sent' });
    expect(receiver.mails).toHaveLength(1);
  });

  it('carries nothing of a name into its headers', async () => {
    const name = 'Eve\r\nBcc: everybody@example.org\r\n\r\nHello <script>alert(1)</script>';
    await tellUser(parts, noticeFor({ name, removed: [{ factor: { kind: 'u2f', id: '7' }, name }] }));
    const [mail] = receiver.mails;
    expect(mail?.to).toEqual(['ada@example.org']);
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.html).not.toContain('<script>');
    expect(mail?.html).toContain('&lt;script&gt;');
    expect(mail?.text).toContain('Eve Bcc: everybody@example.org Hello');
  });

  it.each([
    'ada@example.org\r\nRCPT TO:<eve@example.org>',
    'ada@example.org, eve@example.org',
    'ada <eve@example.org>',
    '',
  ])('is not sent to %j, which is no address', async (address) => {
    expect(await tellUser(parts, noticeFor({ address }))).toMatchObject({ state: 'noAddress', address: null });
    expect(receiver.mails).toEqual([]);
  });

  it('is kept as what it is where there is no address or no mail server', async () => {
    const without = { ...parts, sender: null };
    const unknown = noticeFor({ address: null });
    expect(await tellUser(parts, unknown)).toMatchObject({ state: 'noAddress', nextAttemptAt: null });
    expect(await readNotice(parts, unknown.resetId)).toMatchObject({ state: 'noAddress' });
    expect(await tellUser(without, noticeFor())).toMatchObject({ state: 'noMail', notMe: false });
    expect(await readNotice(parts, 'no such case')).toBeNull();
  });
});

describe('a mail server that', () => {
  it('refuses is tried again with growing pauses, until it takes the mail', async () => {
    const notice = noticeFor();
    receiver.behaviour = 'refuse';
    const first = await tellUser(parts, notice);
    expect(first).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(Date.parse(first.nextAttemptAt ?? '')).toBeGreaterThan(parts.clock() + 50_000);
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const before = Date.parse((await readNotice(parts, notice.resetId))?.nextAttemptAt ?? '');
      ahead += before - parts.clock();
      await deliverDueNotices(parts);
      const after = Date.parse((await readNotice(parts, notice.resetId))?.nextAttemptAt ?? '');
      pauses.push(Math.round((after - before) / minute));
    }
    expect(pauses).toEqual([5, 30, 120, 360]);
    receiver.behaviour = 'take';
    await deliverDueNotices(parts);
    expect(receiver.mails).toEqual([]);
    ahead += 6 * 60 * minute;
    await deliverDueNotices(parts);
    expect(await readNotice(parts, notice.resetId)).toMatchObject({ state: 'sent', attempts: 6 });
    expect(receiver.mails).toHaveLength(1);
  });

  it('refuses for three days is given up', async () => {
    const notice = noticeFor();
    receiver.behaviour = 'refuse';
    await tellUser(parts, notice);
    ahead += 72 * 60 * minute;
    await deliverDueNotices(parts);
    expect(await readNotice(parts, notice.resetId)).toMatchObject({ state: 'failed', nextAttemptAt: null });
  });

  it('hangs does not hold the case up', async () => {
    receiver.behaviour = 'hang';
    const told = await tellUser(parts, noticeFor());
    expect(told).toMatchObject({ state: 'waiting', attempts: 1 });
    // The try is still under way: it has failed neither by the server nor by the sender's own patience.
    expect(Date.parse(told.nextAttemptAt ?? '')).toBeGreaterThan(parts.clock() + 2 * minute);
  }, 20_000);

  it('is asked by one of two processes', async () => {
    receiver.behaviour = 'refuse';
    for (let index = 0; index < 5; index += 1) await tellUser(parts, noticeFor());
    ahead += 2 * minute;
    receiver.behaviour = 'take';
    const other = createTestNotices(kept, { smtpUrl: receiver.url, clock: parts.clock });
    await Promise.all([deliverDueNotices(parts), deliverDueNotices(other), deliverDueNotices(parts)]);
    expect(receiver.mails).toHaveLength(5);
    expect(new Set(receiver.mails.map(({ messageId }) => messageId)).size).toBe(5);
  });

  it('died in the middle is asked again when its time is over', async () => {
    const notice = noticeFor();
    receiver.behaviour = 'refuse';
    await tellUser(parts, notice);
    // As a process leaves it that took the mail and was killed.
    const until = parts.clock() + 3 * minute;
    await kept.store.updateTable('notices').set({ attempts: 2, next_attempt_at: until }).execute();
    receiver.behaviour = 'take';
    await deliverDueNotices(parts);
    expect(receiver.mails).toEqual([]);
    ahead += 3 * minute;
    await deliverDueNotices(parts);
    expect(receiver.mails).toHaveLength(1);
  });

  it('is elsewhere and offers no encryption gets nothing', async () => {
    // Not among the local hosts by its name, though it leads here.
    const elsewhere = createTestNotices(kept, { smtpUrl: `smtp://0.0.0.0:${receiver.port}` });
    expect(await tellUser(elsewhere, noticeFor())).toMatchObject({ state: 'waiting' });
    expect(receiver.mails).toEqual([]);
  });

  it('is elsewhere with a certificate that nobody vouches for gets nothing', async () => {
    const own = await startMailReceiver({ startTls: true });
    const elsewhere = createTestNotices(kept, { smtpUrl: `smtp://0.0.0.0:${own.port}` });
    expect(await tellUser(elsewhere, noticeFor())).toMatchObject({ state: 'waiting' });
    expect(own.mails).toEqual([]);
    // The same one nearby: it is encrypted, which the clear would not be.
    expect(await tellUser(createTestNotices(kept, { smtpUrl: own.url }), noticeFor())).toMatchObject({ state: 'sent' });
    await own.stop();
  });
});

it('writes no address and nothing of the server into the log', async () => {
  receiver.behaviour = 'refuse';
  await tellUser(parts, noticeFor());
  const line = logged.find((text) => text.includes('a mail could not be sent')) ?? '';
  expect(line).toContain('"reply":451');
  expect(logged.join('')).not.toContain('ada@example.org');
});

it('forgets what a mail said when nobody can need it any more, but not that it was sent', async () => {
  const notice = noticeFor();
  await tellUser(parts, notice);
  await sweepNotices(parts);
  const facts = async () => (await kept.store.selectFrom('notices').select('facts').executeTakeFirstOrThrow()).facts;
  expect(await facts()).toContain('Ada Keller');
  ahead += 8 * 24 * 60 * minute;
  await sweepNotices(parts);
  expect(await facts()).toBe('{}');
  expect(await readNotice(parts, notice.resetId)).toMatchObject({ state: 'sent', address: 'ada@example.org' });
});
