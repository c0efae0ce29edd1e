import type { ActivityEntry } from '@latchkey/contract/activity';
import { describe, expect, it } from 'vitest';
import { exportEntries } from './activity-export.ts';

const record: ActivityEntry = {
  source: 'latchkey',
  actId: 'a1',
  at: '2026-11-22T10:00:00Z',
  actorId: '9',
  act: { act: 'lockUser', userId: '12' },
  reason: '=HYPERLINK("https://evil.example","lost, ""phone""")',
  ticket: null,
  outcome: 'done',
  resolvedLater: false,
  requestId: 'r1',
};

describe('exportEntries', () => {
  it('writes one head, quotes what has to be, and runs no formula', () => {
    const [head, line, end] = exportEntries([record], 'csv').split('\r\n');
    expect(head).toBe('at,source,what,target,actor,reason,ticket,outcome,request,id');
    expect(line).toContain(`"'=HYPERLINK(""https://evil.example"",""lost, """"phone"""""")"`);
    expect(line).toMatch(/^2026-11-22T10:00:00Z,latchkey,lockUser,/);
    expect(end).toBe('');
  });

  it('writes one JSON object a line', () => {
    const lines = exportEntries([record, record], 'jsonl').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([record, record]);
  });
});
