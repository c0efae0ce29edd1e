import { expect, it } from 'vitest';
import { type ChangeAnswer, type ChangeOutcome, judgeChange, type ReadBack } from './judge-change.ts';

const table: readonly [ChangeAnswer, boolean, ReadBack, ChangeOutcome][] = [
  ['confirmed', false, 'done', 'done'],
  ['confirmed', false, 'notDone', 'done'],
  ['confirmed', false, 'unreadable', 'done'],
  ['confirmed', true, 'done', 'done'],
  ['confirmed', true, 'notDone', 'done'],
  ['confirmed', true, 'unreadable', 'done'],
  ['unneeded', false, 'done', 'unneeded'],
  ['unneeded', false, 'notDone', 'notDone'],
  ['unneeded', false, 'unreadable', 'unknown'],
  ['unneeded', true, 'done', 'unneeded'],
  ['unneeded', true, 'notDone', 'notDone'],
  ['unneeded', true, 'unreadable', 'unknown'],
  ['unanswered', false, 'done', 'done'],
  ['unanswered', false, 'notDone', 'notDone'],
  ['unanswered', false, 'unreadable', 'unknown'],
  ['unanswered', true, 'done', 'unneeded'],
  ['unanswered', true, 'notDone', 'notDone'],
  ['unanswered', true, 'unreadable', 'unknown'],
];

it.each(table)('%s, done before: %s, then %s: %s', (answer, wasDone, after, outcome) => {
  expect(judgeChange(answer, wasDone, after)).toBe(outcome);
});
