import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeliveredMessage } from '../commands/deliver.ts';
import { readConfiguration } from '../config.ts';
import { startIdentity } from '../server.ts';
import { type RunningServer, startServer } from '../testing/running-server.ts';
import { MAIL_SIZE } from './mail-door.ts';

let server: RunningServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const send = async (url: string, mail: { to: string | string[]; subject: string; text?: string; html?: string }) => {
  const client = createTransport({ url, ignoreTLS: true });
  try {
    return await client.sendMail({ from: 'Latchkey <latchkey@example.org>', ...mail });
  } finally {
    client.close();
  }
};

async function outbox(origin: string, to: string): Promise<DeliveredMessage[]> {
  const answer = await fetch(`${origin}/outbox.json?${new URLSearchParams({ to })}`);
  return (await answer.json()) as DeliveredMessage[];
}

test('the address is in a file that only its owner reads, and of this machine alone', () => {
  expect(server.readFile('smtp.url')).toMatch(/^smtp:\/\/127\.0\.0\.1:\d+$/);
  expect(statSync(join(server.configuration.folder, 'smtp.url')).mode & 0o777).toBe(0o600);
});

test('a mail comes to the outbox as it was written, for each recipient, with its link and no code', async () => {
  const text = `Gruß, 東京!\n\n${'Security key “blue” was removed. '.repeat(5)}`;
  const link = `http://localhost:3000/not-me#${'a1_'.repeat(40)}`;
  await send(server.readFile('smtp.url'), {
    to: ['ada@example.org', 'Bea <bea@example.org>'],
    subject: 'Schlüssel entfernt – 鍵',
    text: `${text}\nNot you? ${link}.\nhttps://second.example 123456`,
  });
  for (const to of ['ada@example.org', 'bea@example.org']) {
    const [message, ...others] = await outbox(server.origin, to);
    expect(others).toEqual([]);
    expect(message).toEqual({
      to,
      kind: 'email',
      subject: 'Schlüssel entfernt – 鍵',
      text: `${text}\nNot you? ${link}.\nhttps://second.example 123456`,
      link,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
  }
});

test('the page shows markup in a mail as text', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  await send(server.readFile('smtp.url'), { to: 'eve@example.org', subject: evil, html: evil });
  const page = await (await fetch(`${server.origin}/outbox?to=eve%40example.org`)).text();
  expect(page).not.toContain('<img');
  expect(page).toContain('&lt;img src=x');
});

test('what is too large is refused; a browser is hung up on', async () => {
  const url = server.readFile('smtp.url');
  const text = 'x'.repeat(MAIL_SIZE);
  await expect(send(url, { to: 'big@example.org', subject: 'Big', text })).rejects.toThrow(/size/i);
  expect(await outbox(server.origin, 'big@example.org')).toEqual([]);
  const browser = connect(Number(new URL(url).port), '127.0.0.1');
  browser.write('POST / HTTP/1.1\r\nMAIL FROM:<a@b.example>\r\n');
  browser.resume();
  await once(browser, 'close');
});

test('a stop does not wait for who stays connected; the next start has the same port, or another if it is taken', async () => {
  const base = mkdtempSync(join(tmpdir(), 'identity-'));
  const configuration = { ...readConfiguration({ LATCHKEY_DATA: base, LATCHKEY_DEMO: 'none' }), port: 0 };
  const start = async () => {
    const { stop } = await startIdentity(configuration);
    const url = new URL(readFileSync(join(configuration.folder, 'smtp.url'), 'utf8'));
    return { stop, port: Number(url.port) };
  };
  const first = await start();
  const idle = connect(first.port, '127.0.0.1').resume();
  await once(idle, 'connect');
  const cutOff = once(idle, 'close');
  await first.stop();
  await cutOff;

  const second = await start();
  expect(second.port).toBe(first.port);
  await second.stop();

  const other = createServer().listen(first.port, '127.0.0.1');
  await once(other, 'listening');
  const third = await start();
  expect(third.port).not.toBe(first.port);
  await third.stop();
  other.close();
  rmSync(base, { recursive: true });
});
