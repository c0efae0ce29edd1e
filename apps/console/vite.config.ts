import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { linguiMacro } from './build/lingui-macro.ts';
import { precompress } from './build/precompress.ts';

// `npm run dev` serves the page on the public port and hands everything else to the BFF, whose origin it tells here.
const bff = process.env.LATCHKEY_DEV_BFF;

// Left to itself the bundler makes a file of every few lines that two pages share: a page would need thirty requests.
const libraries = {
  name: 'libraries',
  test: /node_modules\/(react|react-dom|scheduler|react-router|@tanstack|zod|@lingui)\//,
};
const shared = {
  name: 'shared',
  test: /(packages\/contract|apps\/console)\/src\/(?!features|routes|main|.*(confirm-dialog|text-field|facts-list|user-manager|\.po))/,
};

// The page runs under `script-src 'self'` and Trusted Types: nothing inline, nothing as a data URL, no source maps.
export default defineConfig({
  plugins: [linguiMacro(), react(), lingui({ cwd: import.meta.dirname }), precompress()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    sourcemap: false,
    outDir: 'dist',
    emptyOutDir: true,
    rolldownOptions: { output: { codeSplitting: { groups: [libraries, shared] } } },
  },
  server: { strictPort: true, ...(bff && { proxy: { '^/bff/': { target: bff } } }) },
});
