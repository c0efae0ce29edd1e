import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What git tracks and what it would track: a fresh file is held to the rules before it is added. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file && existsSync(path.join(root, file)));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const code = files.filter((file) => /\.(ts|tsx|mjs|js|css)$/.test(file));

describe('the rules of the house', () => {
  it('keeps every file of code within 300 lines', () => {
    const long = code.filter((file) => read(file).trimEnd().split('\n').length > 300);
    expect(long).toEqual([]);
  });

  it('has no barrels and no rooms without a name', () => {
    const nameless = code.filter((file) =>
      /(^|\/)(utils?|helpers?|common|misc)(\/|\.[a-z]+$)|(^|\/)index\.tsx?$/.test(file),
    );
    expect(nameless).toEqual([]);
  });

  it('has no test that is skipped, alone or empty', () => {
    const marked = code.filter(
      (file) => /\.(test|spec)\.tsx?$/.test(file) && /\b(test|it|describe)\.(skip|only|fixme|todo)\b/.test(read(file)),
    );
    expect(marked).toEqual([]);
  });

  it('has no link in its documents that leads nowhere', () => {
    const dead = files
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        [...read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
          .map(([, target = '']) => target)
          .filter((target) => !existsSync(path.join(root, path.dirname(file), target)))
          .map((target) => `${file} → ${target}`),
      );
    expect(dead).toEqual([]);
  });

  it.each(['apps/bff/src/config.ts', 'apps/identity/src/config.ts'])(
    'tells operators of each variable of %s',
    (file) => {
      const [, shape = ''] = /^const shape = \{\n(.*?)^\};/ms.exec(read(file)) ?? [];
      const variables = [...shape.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = '']) => name);
      expect(variables.length).toBeGreaterThan(5);
      const told = read('docs/operate.md');
      expect(variables.filter((name) => !told.includes(`\`${name}\``))).toEqual([]);
    },
  );

  it('names no path of one machine', () => {
    const paths = files.filter(
      (file) =>
        /\.(ts|tsx|mjs|js|json|md|css|html)$/.test(file) && /(^|["'`\s(])\/(home|root|Users)\/[a-z]/.test(read(file)),
    );
    expect(paths).toEqual([]);
  });
});
