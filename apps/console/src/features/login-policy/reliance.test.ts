import { i18n } from '@lingui/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { addSlice, nothingCounted, relianceWords } from './reliance.ts';

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }));

const slice = { counted: 20, total: 30, holders: 3, onlyThis: 1, admins: 0, next: 20, at: '2026-11-22T10:00:00Z' };

describe('counting who relies on a type', () => {
  it('adds slices up and says "at least" until the end', () => {
    const first = addSlice(nothingCounted, slice);
    expect(relianceWords(first)).toBe(
      'At least 3 people have it. 1 of them has nothing else. None of them is an admin whom you can see.',
    );
    const whole = addSlice(first, { ...slice, counted: 10, holders: 1, onlyThis: 1, admins: 2, next: null });
    expect(whole).toMatchObject({ counted: 30, total: 30, holders: 4, onlyThis: 2, admins: 2, next: null });
    expect(relianceWords(whole)).toBe('4 people have it. 2 of them have nothing else. 2 of them are admins.');
  });
});
