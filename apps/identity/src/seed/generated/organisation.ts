import { createRandom } from './random.ts';

/** An organisation that a number makes. */
export interface GeneratedOrganisation {
  readonly id: string;
  readonly name: string;
  /** Of its people's addresses; it belongs to nobody (RFC 2606). */
  readonly domain: string;
}

/** People after whom one more organisation opens. */
const PEOPLE_EACH = 700;

/** Organisations there are before the first person. */
const FIRST = 2;

/** Slots of ids from which organisations take theirs: people need fewer. */
const ORGANISATION_SLOTS = 9_000_000_000;

const WORDS = [
  'Alpine Amber Arctic Atlas Aurora Baltic Beacon Birch Cedar Cobalt Copper Coral Crescent Delta Ember Falcon Garnet',
  'Granite Harbour Horizon Indigo Ivory Jasper Juniper Lagoon Larch Lumen Maple Meridian Nimbus Northern Ochre Olive',
  'Onyx Orchid Pacific Pine Polar Quartz Raven Saffron Sierra Silver Sterling Summit Teal Tidal Topaz Umber Verdant',
].flatMap((line) => line.split(' '));

const TRADES = [
  'Clinic Freight Insurance Bank University Energy Logistics Hospital Foods Airlines Textiles Press Robotics Pharma',
  'Museum Shipping Council Transit Telecom Studios',
].flatMap((line) => line.split(' '));

/** How many organisations are open when a person comes, counting from 0. */
export function organisationsBefore(person: number): number {
  return FIRST + Math.floor(person / PEOPLE_EACH);
}

/** @param index from 0. */
export function generateOrganisation(number: number, index: number): GeneratedOrganisation {
  // Every pair of words once, in an order that does not look like one.
  const pairs = WORDS.length * TRADES.length;
  const pair = (index * 617 + createRandom(number).below(pairs)) % pairs;
  const [word = '', trade = ''] = [WORDS[pair % WORDS.length], TRADES[Math.floor(pair / WORDS.length)]];
  const round = Math.floor(index / pairs);
  // The number tells two generated sets in one instance apart.
  const name = `${word} ${trade} ${number}${round > 0 ? `-${round}` : ''}`;
  return {
    id: idOf(number, ORGANISATION_SLOTS + index),
    name,
    domain: `${name.toLowerCase().replaceAll(' ', '-')}.example`,
  };
}

/** A name's id: 18 digits as every id, from before the clock of those that are made one by one. */
export function idOf(number: number, slot: number): string {
  return `1${String(number).padStart(7, '0')}${String(slot).padStart(10, '0')}`;
}
