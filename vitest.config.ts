import { defineConfig } from 'vitest/config';
import { linguiMacro } from './apps/console/build/lingui-macro.ts';

export default defineConfig({
  // The console's words are macros; its tests read them as the page does.
  plugins: [linguiMacro()],
  test: {
    include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    // Twice what a small machine has cores: half of a test's time it waits for its own servers.
    maxWorkers: 4,
    // A third of the time went into loading the same modules once for each file. No test replaces a module, and each
    // makes its own servers, folders and databases.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
