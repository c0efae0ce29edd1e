import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readWebhookSecret } from './read-webhook-secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-webhook-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(content: string): string {
  const file = join(folder, 'secret');
  writeFileSync(file, content);
  return file;
}

const bytes = Buffer.alloc(24, 7);

it.each([bytes.toString('base64'), `whsec_${bytes.toString('base64')}\n`])('takes %j', (content) => {
  expect(readWebhookSecret(fileWith(content))).toEqual(bytes);
});

it.each([
  '',
  'whsec_',
  'correct horse battery staple of some length',
  bytes.subarray(1).toString('base64'),
  'ä'.repeat(40),
])('refuses %j, and names the file only', (content) => {
  const file = fileWith(content);
  expect(() => readWebhookSecret(file)).toThrow(`LATCHKEY_WEBHOOK_SECRET_FILE: ${file} must hold at least 24`);
  if (content.length > 10) expect(() => readWebhookSecret(file)).not.toThrow(content);
});

it('says which file is not there', () => {
  const file = join(folder, 'none');
  expect(() => readWebhookSecret(file)).toThrow(`LATCHKEY_WEBHOOK_SECRET_FILE: ${file} cannot be read (ENOENT)`);
});
