import { brotliCompressSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** What one visit may load: brotli bytes of script and of style. `parts` are name stems of what is loaded on demand. */
export type Budget = {
  readonly visit: string;
  readonly parts: readonly string[];
  readonly script: number;
  readonly style: number;
};

/**
 * Fails the build when a visit costs more than its budget: the entry with all it imports, and the parts loaded on demand
 * with all they import.
 */
export function sizeBudget(budgets: readonly Budget[]): Plugin {
  return {
    name: 'latchkey:size-budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const style = files
        .filter(({ fileName }) => fileName.endsWith('.css'))
        .reduce((sum, file) => sum + sizeOf(file), 0);
      const chunks = files.filter((file) => file.type === 'chunk');
      for (const budget of budgets) {
        const script = weigh(chunks, budget.parts);
        this.info(`${budget.visit}: ${inKilobytes(script)} of script, ${inKilobytes(style)} of style`);
        if (script > budget.script || style > budget.style) {
          this.error(
            `${budget.visit} is over its budget of ${inKilobytes(budget.script)} and ${inKilobytes(budget.style)}`,
          );
        }
      }
    },
  };
}

function weigh(chunks: readonly Rolldown.OutputChunk[], parts: readonly string[]): number {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const loaded = new Set<Rolldown.OutputChunk>();
  const load = (chunk: Rolldown.OutputChunk | undefined) => {
    if (!chunk || loaded.has(chunk)) return;
    loaded.add(chunk);
    for (const name of chunk.imports) load(byName.get(name));
  };
  for (const chunk of chunks) if (chunk.isEntry || parts.includes(chunk.name)) load(chunk);
  const missing = parts.filter((part) => ![...loaded].some(({ name }) => name === part));
  if (missing.length > 0) throw new Error(`no such part of the build: ${missing.join(', ')}`);
  return [...loaded].reduce((sum, chunk) => sum + sizeOf(chunk), 0);
}

function sizeOf(file: Rolldown.OutputChunk | Rolldown.OutputAsset): number {
  return brotliCompressSync(file.type === 'chunk' ? file.code : file.source).length;
}

const inKilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
