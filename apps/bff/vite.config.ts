import { defineConfig } from 'vite';

// One bundle of our own code; dependencies stay in node_modules, where native add-ons and descriptors load from.
export default defineConfig({
  build: { ssr: 'src/main.ts', target: 'node20', outDir: 'dist', sourcemap: true, emptyOutDir: true },
  ssr: { noExternal: [/^@latchkey\//] },
});
