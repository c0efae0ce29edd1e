import { defineConfig } from 'vitest/config';
import { linguiMacro } from './apps/console/build/lingui-macro.ts';

export default defineConfig({
  // The console's words are macros; its tests read them as the page does.
  plugins: [linguiMacro()],
  test: {
    include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    // Half of a small machine would wait while a test's own servers start.
    maxWorkers: 2,
    // A third of the time went into loading the same modules once for each file. No test replaces a module, and each
    // makes its own servers, folders and databases.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
