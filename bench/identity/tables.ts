import type { Measured } from '../measure.ts';

/** A question, and what was measured with each number of people. */
export interface Answered {
  readonly name: string;
  readonly measured: readonly Measured[];
}

export interface ListResults {
  readonly pages: readonly Answered[];
  readonly few: readonly Answered[];
  readonly slow: readonly Answered[];
  /** Megabytes. */
  readonly memory: readonly { readonly ready: number; readonly after: number }[];
}

const ms = (value: number) => value.toFixed(value < 10 ? 1 : 0);
const cell = ({ p50, p99 }: Measured) => `${ms(p50)} / ${ms(p99)}`;

/** Each question's p50 and p99 by size, and how much longer it takes with the most people than with the fewest. */
export function listsTable(sizes: readonly number[], results: ListResults): readonly string[] {
  const heads = sizes.map((users) => `${users.toLocaleString('en')} people`);
  const lines = [
    `| ms, p50 / p99, one client | ${heads.join(' | ')} | ratio |`,
    `|---|${'--:|'.repeat(sizes.length + 1)}`,
  ];
  for (const [part, title] of [
    ['pages', 'first page of 50 by'],
    ['few', 'search that finds at most 50,'],
    ['slow', 'for the record:'],
  ] as const) {
    for (const { name, measured } of results[part]) {
      const [least, most] = [measured[0], measured.at(-1)];
      const ratio = least && most ? (most.p50 / least.p50).toFixed(2) : '';
      lines.push(`| ${title} ${name} | ${measured.map(cell).join(' | ')} | ${ratio} |`);
    }
  }
  const memory = results.memory.map(({ ready, after }) => `${ms(ready)} / ${ms(after)}`);
  lines.push(`| memory of the process in MB, at the start / after all this | ${memory.join(' | ')} | |`);
  return lines;
}

/** What changes and sign-ins reach, beside what bounds them, from one run. */
export function changesTable(
  users: number,
  rows: readonly (readonly [string, Measured, string, Measured])[],
): readonly string[] {
  const lines = [
    `| ${users.toLocaleString('en')} people | a second | p50 / p99 ms | limit | a second | share of the limit |`,
    '|---|--:|--:|---|--:|--:|',
  ];
  for (const [name, measured, limit, most] of rows) {
    const share = (measured.perSecond / most.perSecond).toFixed(2);
    lines.push(
      `| ${name} | ${measured.perSecond.toFixed(0)} | ${cell(measured)} | ${limit} | ${most.perSecond.toFixed(0)} | ${share} |`,
    );
  }
  return lines;
}
