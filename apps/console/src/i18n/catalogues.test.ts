import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getCatalogs } from '@lingui/cli/api';
import { getConfig } from '@lingui/conf';
import { describe, expect, it } from 'vitest';
import { locales } from './locales.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The messages of a catalogue: a `msgid` line and its `msgstr` line, as `lingui extract` writes them. */
function readCatalogue(locale: string): ReadonlyMap<string, string> {
  const text = readFileSync(path(`./locales/${locale}.po`), 'utf8');
  const pairs = text.matchAll(/^msgid "((?:[^"\\]|\\.)+)"\nmsgstr "((?:[^"\\]|\\.)*)"$/gm);
  return new Map([...pairs].map(([, id = '', words = '']) => [id, words]));
}

/** The values that a message puts in, by name, each once and in one order. */
const placeholders = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)\}|\{(\w+), plural/g)].map(([, value, count]) => value ?? count))].sort();

const source = readCatalogue('en');

describe('the catalogues', () => {
  it('have every text of the page', async () => {
    const [catalogue] = await getCatalogs(getConfig({ configPath: path('../../lingui.config.ts') }));
    const collected = Object.values((await catalogue?.collect()) ?? {}).map(({ message }) => message ?? '');
    expect(collected.length).toBeGreaterThan(300);
    expect([...source.keys()].sort()).toEqual(collected.map(escapeQuotes).sort());
  });

  it.each(Object.keys(locales))('%s lacks nothing and puts in what the source does', (locale) => {
    const catalogue = readCatalogue(locale);
    expect([...catalogue.keys()].sort()).toEqual([...source.keys()].sort());
    const wrong = [...catalogue].filter(
      ([id, words]) => words.trim() === '' || placeholders(id).join() !== placeholders(words).join(),
    );
    expect(wrong).toEqual([]);
  });

  it.each(Object.keys(locales))('%s has a form for every kind of number', (locale) => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    // "many" of the Romance languages is for millions in compact notation, which the page never writes.
    const needed = ['fr', 'es', 'it', 'pt'].includes(locale) ? ['one', 'other'] : forms;
    const plurals = [...readCatalogue(locale).values()].filter((words) => words.includes(', plural,'));
    expect(plurals.length).toBeGreaterThan(3);
    for (const words of plurals) for (const form of needed) expect(words).toContain(` ${form} {`);
  });
});

const escapeQuotes = (message: string) => message.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
