import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * What Node.js is given to run an app for a test: its source, so that nothing stale is tried; or its build, where somebody
 * has just built it and says so (`LATCHKEY_TEST_BUILT=1`, as `npm test` does), which starts three times as fast.
 */
export function appEntry(app: 'bff' | 'identity'): string[] {
  if (process.env.LATCHKEY_TEST_BUILT === '1') return [path.join(root, 'apps', app, 'dist/main.js')];
  return ['--import', 'tsx', path.join(root, 'apps', app, 'src/main.ts')];
}
