import { readPreference, writePreference } from './preference.ts';

/** How close the rows of lists and tables stand. */
export type Density = 'comfortable' | 'compact';

/** The density that was chosen. */
export const readDensity = (): Density => (readPreference('density') === 'compact' ? 'compact' : 'comfortable');

/** Turns the page to a density and keeps the choice. */
export function chooseDensity(density: Density): void {
  writePreference('density', density === 'comfortable' ? null : density);
  applyDensity(density);
}

/** Turns the page to a density (styles/tokens.css). */
export function applyDensity(density: Density): void {
  if (density === 'comfortable') delete document.documentElement.dataset.density;
  else document.documentElement.dataset.density = density;
}
