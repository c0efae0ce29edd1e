/** One source of entries, newest first, with their moments in any unit that both sources share. */
export interface Stream<Entry> {
  readonly entries: readonly { readonly at: bigint; readonly entry: Entry }[];
  /** Whether there may be older ones than those given. */
  readonly hasMore: boolean;
}

/**
 * A page of two sources, newest first, that ends where either of them was cut off, so that the next page begins there in
 * both and no entry is lost or shown twice.
 *
 * @returns `next`: the moment the following page ends before; undefined when nothing older is left.
 */
export function mergeStreams<Entry>(streams: readonly Stream<Entry>[]): {
  readonly entries: Entry[];
  readonly next: bigint | undefined;
} {
  const whole = streams.map(cutTies);
  const floor = whole.map(({ floor }) => floor).reduce((a, b) => (a > b ? a : b), 0n);
  const entries = whole
    .flatMap((stream) => stream.entries)
    .filter(({ at }) => at >= floor)
    .toSorted((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1))
    .map(({ entry }) => entry);
  return { entries, next: floor > 0n ? floor : undefined };
}

/**
 * The oldest moment of a stream that was cut off may have more entries than were given: they are left to the next page,
 * unless there is no other moment.
 */
function cutTies<Entry>({ entries, hasMore }: Stream<Entry>): Pick<Stream<Entry>, 'entries'> & { floor: bigint } {
  const last = entries.at(-1);
  if (!hasMore || !last) return { entries, floor: 0n };
  const untied = entries.filter(({ at }) => at > last.at);
  return { entries: untied.length > 0 ? untied : entries, floor: untied.at(-1)?.at ?? last.at };
}
