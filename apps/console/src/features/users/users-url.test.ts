import { describe, expect, it } from 'vitest';
import { offsetOf, plainView, readUsersView, sortedBy, type UsersView, writeUsersView } from './users-url.ts';

describe('the URL of the people list', () => {
  it('comes back as it was written', () => {
    const view: UsersView = {
      search: 'ada & bob+"1"',
      page: 3,
      kind: 'machine',
      state: 'locked',
      organisationId: '179533913085100000',
      sort: 'email',
      direction: 'desc',
    };
    expect(readUsersView(new URLSearchParams(writeUsersView(view).toString()))).toEqual(view);
  });

  it('is plain for the plain list', () => {
    expect(writeUsersView(plainView).toString()).toBe('');
    expect(readUsersView(new URLSearchParams())).toEqual(plainView);
  });

  it.each(['0', '-1', '1.5', 'x', '', '1e99', '100001'])('reads the page %j as the first', (page) => {
    expect(readUsersView(new URLSearchParams({ page })).page).toBe(1);
  });

  it('reads what is no filter as none', () => {
    const params = new URLSearchParams({ state: 'gone', organisation: '../me', sort: 'password', direction: 'up' });
    expect(readUsersView(params)).toEqual(plainView);
  });

  it('cuts a search that the BFF would refuse', () => {
    expect(readUsersView(new URLSearchParams({ search: 'a'.repeat(500) })).search).toHaveLength(200);
  });

  it('counts rows from 0', () => {
    expect([offsetOf(1), offsetOf(3)]).toEqual([0, 100]);
  });
});

describe('sortedBy', () => {
  it('turns round at the second click and starts anew on another column', () => {
    const once = sortedBy({ ...plainView, page: 7 }, 'email');
    expect(once).toMatchObject({ sort: 'email', direction: 'asc', page: 1 });
    expect(sortedBy(once, 'email')).toMatchObject({ sort: 'email', direction: 'desc' });
    expect(sortedBy(sortedBy(once, 'email'), 'name')).toMatchObject({ sort: 'name', direction: 'asc' });
  });
});
