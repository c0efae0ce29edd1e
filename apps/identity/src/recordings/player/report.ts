import type { Difference } from './match.ts';
import type { Score } from './play-all.ts';
import type { Failure } from './play-scenario.ts';

/** `N of N answers` for each door, after what differs. */
export function report(scores: readonly Score[]): string {
  const failures = [...new Set(scores.flatMap((score) => score.failures))].map(describeFailure);
  const summary = scores.map(({ door, judged, equal }) => `${door.padEnd(8)} ${equal} of ${judged} answers`);
  return [...failures, ...summary].join('\n');
}

export function describeFailure({ scenario, door, step, request, differences }: Failure): string {
  const lines = differences.map(describeDifference);
  return [`✗ ${scenario} · step ${step} · ${door} · ${request}`, ...lines, ''].join('\n');
}

function describeDifference({ path, expected, got }: Difference): string {
  return `    ${path || 'answer'}: expected ${show(expected)}, got ${show(got)}`;
}

function show(value: Difference['got']): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
