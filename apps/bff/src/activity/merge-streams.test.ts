import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeStreams, type Stream } from './merge-streams.ts';

type Timed = { at: bigint; entry: string };

/** A source as a database is one: asked for the newest before a moment, it gives a few and says whether there are more. */
function ask(all: readonly Timed[], before: bigint | undefined, limit: number): Stream<string> {
  const older = all.filter(({ at }) => before === undefined || at < before);
  return { entries: older.slice(0, limit), hasMore: older.length >= limit };
}

const newestFirst = (source: string, moments: readonly number[]): Timed[] =>
  moments.toSorted((a, b) => b - a).map((at, index) => ({ at: BigInt(at), entry: `${source}${index}@${at}` }));

/** Moments of which no more than three coincide: a page holds more than that. */
const moments = fc
  .array(fc.integer({ min: 1, max: 60 }), { maxLength: 60 })
  .map((all) => all.filter((moment, index) => all.slice(0, index).filter((other) => other === moment).length < 3));

it('gives every entry of both sources once, in order, whatever the pages', () => {
  fc.assert(
    fc.property(moments, moments, fc.integer({ min: 4, max: 10 }), (a, b, limit) => {
      const [first, second] = [newestFirst('a', a), newestFirst('b', b)];
      const seen: string[] = [];
      let before: bigint | undefined;
      do {
        const page = mergeStreams([ask(first, before, limit), ask(second, before, limit)]);
        seen.push(...page.entries);
        before = page.next;
      } while (before !== undefined);
      expect(seen.toSorted()).toEqual([...first, ...second].map(({ entry }) => entry).toSorted());
      const times = seen.map((entry) => Number(entry.split('@')[1]));
      expect(times).toEqual(times.toSorted((x, y) => y - x));
    }),
  );
});
