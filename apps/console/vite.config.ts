import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { linguiMacro } from './build/lingui-macro.ts';
import { precompress } from './build/precompress.ts';

// `npm run dev` serves the page on the public port and hands everything else to the BFF, whose origin it tells here.
const bff = process.env.LATCHKEY_DEV_BFF;

// The page runs under `script-src 'self'` and Trusted Types: nothing inline, nothing as a data URL, no source maps.
export default defineConfig({
  plugins: [linguiMacro(), react(), lingui({ cwd: import.meta.dirname }), precompress()],
  build: { target: 'es2023', assetsInlineLimit: 0, sourcemap: false, outDir: 'dist', emptyOutDir: true },
  server: { strictPort: true, ...(bff && { proxy: { '^/bff/': { target: bff } } }) },
});
