import { defineConfig } from 'vite';

// A bundle of our own code; dependencies stay in node_modules, where native add-ons and descriptors load from. The BFF
// and its commands for operators are entries of one build, side by side in dist/, because files are found from there.
export default defineConfig({
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    sourcemap: true,
    emptyOutDir: true,
    rolldownOptions: {
      input: {
        main: 'src/main.ts',
        connect: 'src/connect/connect-command.ts',
        'audit-verify': 'src/audit/verify-command.ts',
      },
      output: { chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { noExternal: [/^@latchkey\//] },
});
