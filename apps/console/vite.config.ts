import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { linguiMacro } from './build/lingui-macro.ts';
import { precompress } from './build/precompress.ts';

// The page runs under `script-src 'self'` and Trusted Types: nothing inline, nothing as a data URL, no source maps.
export default defineConfig({
  plugins: [linguiMacro(), react(), lingui({ cwd: import.meta.dirname }), precompress()],
  build: { target: 'es2023', assetsInlineLimit: 0, sourcemap: false, outDir: 'dist', emptyOutDir: true },
});
