import { type SecondFactorType, secondFactorTypes } from '@latchkey/contract/login-policy';
import { hasCode } from '../../api/api-error.ts';
import { beginEvents, type EventCount, hasMoreEvents, readEvents, relianceFromEvents } from './count-events.ts';
import { nobodyCounted, type PeopleCount, readSlice, relianceFromPeople } from './count-people.ts';
import type { Reliance } from './reliance.ts';

/** Where a count stands, to go on from after a stop. */
export type CountState =
  | { readonly way: 'events'; readonly count: EventCount }
  | { readonly way: 'people'; readonly sum: PeopleCount; readonly isCrowded: boolean };

/** One step of a count: where it stands, and what is known by it. One of events tells of all types. */
export type CountStep = { readonly state: CountState; readonly reliances: readonly Reliance[] };

/** Asked for once a second at most: counting people must not slow those who serve them. */
const pace = 1_000;

/** By people: a hundredth of the speed, but it needs no right to read events, and no events. */
export const byPeople = { way: 'people', sum: nobodyCounted, isCrowded: false } as const satisfies CountState;

/** From events, where the viewer may read them. */
export const byEvents = (): CountState => ({ way: 'events', count: beginEvents(Date.now()) });

/**
 * Counts who relies on a type, page by page, until all is known that this way can tell. Where events are not the
 * viewer's to read, or cannot be read to their end, it goes over to people.
 *
 * @throws ApiError; an `AbortError` by `signal`
 */
export async function* countReliance(
  type: SecondFactorType,
  from: CountState,
  signal: AbortSignal,
): AsyncGenerator<CountStep> {
  for (let state: CountState | null = from; state !== null; ) {
    const began = Date.now();
    state = await stepOn(state, type, signal);
    yield { state, reliances: reliancesOf(state, type) };
    state = whatIsNext(state);
    if (state !== null) await pause(began + pace - Date.now(), signal);
  }
}

async function stepOn(state: CountState, type: SecondFactorType, signal: AbortSignal): Promise<CountState> {
  if (state.way === 'people') return { ...state, sum: await readSlice(state.sum, type, signal) };
  try {
    return { ...state, count: await readEvents(state.count, signal) };
  } catch (error) {
    if (!hasCode(error, 'not_permitted')) throw error;
    return stepOn(byPeople, type, signal);
  }
}

/** The state to go on from; null at the end. */
function whatIsNext(state: CountState): CountState | null {
  if (state.way === 'people') return state.sum.next === null ? null : state;
  if (state.count.rest?.is === 'crowded') return { ...byPeople, isCrowded: true };
  return hasMoreEvents(state.count) ? state : null;
}

function reliancesOf(state: CountState, type: SecondFactorType): Reliance[] {
  if (state.way === 'people') return [relianceFromPeople(state.sum, type, state.isCrowded)];
  return secondFactorTypes.map((each) => relianceFromEvents(state.count, each));
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.max(0, milliseconds));
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
