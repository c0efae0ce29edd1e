import base from '../../playwright.config.ts';

/** `npm run screens`: a picture of every page, for the README and for the eye. Not a test: nothing is compared. */
export default {
  ...base,
  testDir: '.',
  outputDir: '../../test-results/screens',
  testMatch: '*.screens.ts',
  fullyParallel: true,
  // One test makes all the pictures of a view.
  timeout: 240_000,
  projects: [{ name: 'screens', use: { removalApi: 'v2' as const } }],
};
