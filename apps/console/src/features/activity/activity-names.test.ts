import { describe, expect, it } from 'vitest';
import { collectNames } from './activity-names.ts';

describe('collectNames', () => {
  it('takes the names of all pages, and knows nobody else', () => {
    const names = collectNames([{ names: { '1': 'Anna' } }, {}, { names: { '2': 'Ben' } }]);
    expect([...names]).toEqual([
      ['1', 'Anna'],
      ['2', 'Ben'],
    ]);
    expect(names.get('constructor')).toBeUndefined();
  });
});
