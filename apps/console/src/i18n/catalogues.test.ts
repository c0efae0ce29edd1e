import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getCatalogs } from '@lingui/cli/api';
import { getConfig } from '@lingui/conf';
import { describe, expect, it } from 'vitest';
import { locales } from './locales.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Each catalogue's files, in the order of `lingui.config.ts`, and how many texts it has at least. */
const catalogues = [
  { name: 'of every page', files: './locales/', least: 300 },
  { name: 'of the reset', files: '../features/reset/locales/reset-', least: 200 },
];

/** The messages of a catalogue: a `msgid` line and its `msgstr` line, as `lingui extract` writes them. */
function readCatalogue(files: string, locale: string): ReadonlyMap<string, string> {
  const text = readFileSync(path(`${files}${locale}.po`), 'utf8');
  const pairs = text.matchAll(/^msgid "((?:[^"\\]|\\.)+)"\nmsgstr "((?:[^"\\]|\\.)*)"$/gm);
  return new Map([...pairs].map(([, id = '', words = '']) => [id, words]));
}

/** The values that a message puts in, by name, each once and in one order. */
const placeholders = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)\}|\{(\w+), plural/g)].map(([, value, count]) => value ?? count))].sort();

describe.each(catalogues)('the catalogue $name', ({ files, least }) => {
  const source = readCatalogue(files, 'en');

  it('has every text of its pages', async () => {
    const all = await getCatalogs(getConfig({ configPath: path('../../lingui.config.ts') }));
    const catalogue = all[catalogues.findIndex((candidate) => candidate.files === files)];
    const collected = Object.values((await catalogue?.collect()) ?? {}).map(({ message }) => message ?? '');
    expect(collected.length).toBeGreaterThan(least);
    expect([...source.keys()].sort()).toEqual(collected.map(escapeQuotes).sort());
  });

  it.each(Object.keys(locales))('%s lacks nothing and puts in what the source does', (locale) => {
    const catalogue = readCatalogue(files, locale);
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
    const plurals = [...readCatalogue(files, locale).values()].filter((words) => words.includes(', plural,'));
    expect(plurals.length).toBeGreaterThan(3);
    for (const words of plurals) for (const form of needed) expect(words).toContain(` ${form} {`);
  });

  it('is in every language, not in English again', () => {
    for (const locale of Object.keys(locales).filter((other) => other !== 'en')) {
      const same = [...readCatalogue(files, locale)].filter(([id, words]) => id === words && id.split(' ').length > 2);
      expect(same.map(([id]) => `${locale}: ${id}`)).toEqual([]);
    }
  });
});

const escapeQuotes = (message: string) => message.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
