import { describe, expect, it } from 'vitest';
import { offsetOf, readUsersView, writeUsersView } from './users-url.ts';

describe('the URL of the people list', () => {
  it('comes back as it was written', () => {
    const view = { search: 'ada & bob+"1"', page: 3 };
    expect(readUsersView(new URLSearchParams(writeUsersView(view).toString()))).toEqual(view);
  });

  it('is plain for the plain list', () => {
    expect(writeUsersView({ search: '', page: 1 }).toString()).toBe('');
  });

  it.each(['0', '-1', '1.5', 'x', '', '1e99', '100001'])('reads the page %j as the first', (page) => {
    expect(readUsersView(new URLSearchParams({ page })).page).toBe(1);
  });

  it('cuts a search that the BFF would refuse', () => {
    expect(readUsersView(new URLSearchParams({ search: 'a'.repeat(500) })).search).toHaveLength(200);
  });

  it('counts rows from 0', () => {
    expect([offsetOf(1), offsetOf(3)]).toEqual([0, 100]);
  });
});
