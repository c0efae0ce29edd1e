import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { linguiMacro } from './build/lingui-macro.ts';
import { precompress } from './build/precompress.ts';
import { type Budget, sizeBudget } from './build/size-budget.ts';

// `npm run dev` serves the page on the public port and hands everything else to the BFF, whose origin it tells here.
const bff = process.env.LATCHKEY_DEV_BFF;

// Left to itself the bundler makes a file of every few lines that two pages share: a page would need thirty requests.
const libraries = {
  name: 'libraries',
  test: /node_modules\/(react|react-dom|scheduler|react-router|@tanstack|zod|@lingui)\//,
};
const shared = {
  name: 'shared',
  test: /(packages\/contract|apps\/console)\/src\/(?!features\/(?!.*(queries|query|url)\.ts)|routes|main|i18n\/sign-in|.*(confirm-dialog|text-field|facts-list|user-manager|choice|ask-to-lift|\.po)|features\/(reset|not-me)\/.*-queries|(reset|approval|not-me)\.ts|.*approvals-(query|count))/,
};
/** What the pages of the reset share, and what says in the bar that something waits: fetched after the first page. */
const cases = {
  name: 'cases',
  test: /packages\/contract\/src\/(reset|approval)\.ts|src\/api\/approvals-query|src\/session\/ask-to-lift|src\/i18n\/sign-in|src\/features\/reset\/(words|.*-queries|case\/poll-pause)/,
};

const budgets: readonly Budget[] = [
  { visit: 'the first page, signed out', parts: ['en'], script: 130_000, style: 12_000 },
  {
    visit: 'all that the users page needs',
    parts: ['en', 'users-page', 'user-route', 'confirm-dialog'],
    script: 200_000,
    style: 12_000,
  },
];

// The page runs under `script-src 'self'` and Trusted Types: nothing inline, nothing as a data URL, no source maps.
export default defineConfig({
  plugins: [
    linguiMacro(),
    react(),
    lingui({ cwd: import.meta.dirname, failOnMissing: true, failOnCompileError: true }),
    sizeBudget(budgets),
    precompress(),
  ],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    sourcemap: false,
    outDir: 'dist',
    emptyOutDir: true,
    rolldownOptions: { output: { codeSplitting: { groups: [libraries, shared, cases] } } },
  },
  server: { strictPort: true, ...(bff && { proxy: { '^/bff/': { target: bff } } }) },
});
