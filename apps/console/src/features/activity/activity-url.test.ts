import { describe, expect, it } from 'vitest';
import { type ActivityView, readActivityView, toActivitySearch, writeActivityView } from './activity-url.ts';

const view: ActivityView = { kind: 'factors', userId: '12', actorId: '34', from: '2026-11-01', until: '2026-11-30' };
const nothing: ActivityView = { kind: null, userId: null, actorId: null, from: null, until: null };

describe('the URL of the timeline', () => {
  it('comes back as it was written', () => {
    expect(readActivityView(new URLSearchParams(writeActivityView(view).toString()))).toEqual(view);
    expect(writeActivityView(nothing).toString()).toBe('');
  });

  it('reads what is no filter as none', () => {
    const params = new URLSearchParams({ kind: 'all', person: '..', by: 'a/b', from: '2026-13-01', until: 'today' });
    expect(readActivityView(params)).toEqual(nothing);
  });

  it('asks up to the end of the last day', () => {
    const search = toActivitySearch({ ...nothing, from: '2026-11-01', until: '2026-11-01' });
    const hours = (Date.parse(search.get('until') ?? '') - Date.parse(search.get('from') ?? '')) / 3_600_000;
    expect(hours).toBe(24);
  });
});
