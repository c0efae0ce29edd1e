import { defineConfig } from 'vite';

// Bundles for the server and for the commands beside it, dependencies included: most of a start is reading their many
// small files, and half of their code is never used. Left out are native add-ons, a logger that starts workers by file
// name, and one package that compiles code.
export default defineConfig({
  build: {
    ssr: true,
    rollupOptions: { input: { main: 'src/main.ts', data: 'src/tools/data.ts' } },
    target: 'node20',
    outDir: 'dist',
    sourcemap: true,
    emptyOutDir: true,
  },
  ssr: { noExternal: true, external: ['@node-rs/argon2', 'depd', 'libsql', 'pg', 'pino'] },
});
