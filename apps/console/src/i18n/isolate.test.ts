import { describe, expect, it } from 'vitest';
import { isolate } from './isolate.ts';

describe('isolate', () => {
  it('leaves a plain name alone', () => {
    expect(isolate('Ada Keller 👩‍🚀')).toBe('Ada Keller 👩‍🚀');
  });

  it.each(['ليلى', 'evil\u202egnp.exe'])('fences %j in', (name) => {
    expect(isolate(name)).toBe(`\u2068${name}\u2069`);
  });
});
