import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('./README.md', import.meta.url);

/**
 * Puts a benchmark's lines between its two marks in bench/README.md.
 *
 * @throws Error when the marks are not there.
 */
export function writePart(name: string, lines: readonly string[]): void {
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`bench/README.md has no place for ${name}`);
  writeFileSync(file, `${text.slice(0, from)}${begin}\n${lines.join('\n')}\n${text.slice(to)}`);
}
