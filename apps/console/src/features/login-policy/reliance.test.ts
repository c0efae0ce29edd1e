import { i18n } from '@lingui/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { beginEvents, relianceFromEvents } from './count-events.ts';
import { addSlice, nobodyCounted, relianceFromPeople } from './count-people.ts';
import { isFresh } from './kept-reliance.ts';
import { relianceWords } from './reliance.ts';

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }));

const slice = { counted: 20, total: 30, holders: 3, onlyThis: 1, admins: 0, next: 20, at: '2026-11-22T10:00:00Z' };

describe('counting person by person', () => {
  it('adds slices up and says "at least" until the end', () => {
    const first = addSlice(nobodyCounted, slice);
    expect(relianceWords(relianceFromPeople(first, 'totp', false))).toBe(
      'At least 3 people have it. 1 of them has nothing else. None of them is an admin whom you can see.',
    );
    const sum = addSlice(first, { ...slice, counted: 10, holders: 1, onlyThis: 1, admins: 2, next: null });
    const whole = relianceFromPeople(sum, 'totp', false);
    expect(whole).toMatchObject({ extent: 'whole', done: 30, total: 30, holders: 4, onlyThis: 2, admins: 2 });
    expect(relianceWords(whole)).toBe('4 people have it. 2 of them have nothing else. 2 of them are admins.');
  });
});

describe('counting from events', () => {
  const now = Date.parse('2026-11-22T10:00:00Z');
  const begun = beginEvents(now);
  begun.holdings.add([{ did: 'add', user: '1', kind: 'totp', in: 'o1' }]);
  const read = { ...begun, begins: '2026-11-22T08:00:00.000Z', reached: '2026-11-22T09:30:00.000Z' };

  it('does not know what else people have until all is read', () => {
    const part = relianceFromEvents({ ...read, rest: { is: 'more', before: '1' } }, 'totp');
    expect(part).toMatchObject({ extent: 'part', holders: 1, onlyThis: null, done: 1_800_000, total: 7_200_000 });
    expect(relianceWords(part)).toContain('At least 1 person has it. What else they have is known at the end.');
    const whole = relianceFromEvents({ ...read, rest: { is: 'whole' } }, 'totp');
    expect(relianceWords(whole)).toContain('1 person has it. 1 of them has nothing else.');
  });

  it('never says more than "at least" where the oldest events are gone', () => {
    const pruned = relianceFromEvents({ ...read, rest: { is: 'pruned' } }, 'totp');
    expect(relianceWords(pruned)).toContain('At least 1 person has it. ZITADEL no longer keeps its oldest events');
    expect(pruned.onlyThis).toBeNull();
  });

  it('is fresh for an hour, once it is done', () => {
    const whole = relianceFromEvents({ ...read, rest: { is: 'whole' } }, 'totp');
    expect([isFresh(whole, now + 3_599_000), isFresh(whole, now + 3_600_000)]).toEqual([true, false]);
    expect(isFresh({ ...whole, extent: 'part' }, now)).toBe(false);
  });
});
