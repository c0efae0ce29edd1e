import tseslint from 'typescript-eslint';

/** An import arrow that must not exist: files in `from` may not import what `patterns` match. */
const arrow = (from, patterns, message) => ({
  files: Array.isArray(from) ? from : [from],
  ignores: ['**/*.test.{ts,tsx}'],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: patterns, message }] }] },
});

const features = ['users', 'factors', 'user-sessions', 'reset', 'login-policy', 'activity', 'me', 'not-me'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.data/**',
      '**/locales/**',
      'playwright-report/**',
      'test-results/**',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    // One program for all: with one for each workspace the packages would be read again for each of them.
    languageOptions: { parser: tseslint.parser, parserOptions: { project: './tsconfig.lint.json' } },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['**/*.{ts,tsx,js,mjs}'], rules: { 'max-lines': ['error', { max: 300 }] } },

  // The arrows of ARCHITECTURE.md.
  arrow(
    'packages/contract/src/**',
    ['@latchkey/*', 'react*', 'express*', 'kysely*', '@zitadel/*'],
    'The wire knows zod only.',
  ),
  arrow('packages/transcoding/src/**', ['@latchkey/*'], 'Transcoding is useful to others: it knows nothing of ours.'),
  arrow(
    'apps/console/src/ui/**',
    ['@latchkey/*', '**/features/**', '**/api/**', '**/session/**', 'react-router', '@tanstack/*'],
    'ui has no data and no router.',
  ),
  ...features.map((feature) =>
    arrow(
      `apps/console/src/features/${feature}/**`,
      features.filter((other) => other !== feature).flatMap((other) => [`../${other}/**`, `**/features/${other}/**`]),
      'A feature does not import another feature.',
    ),
  ),
  arrow(
    'apps/console/src/{api,session,i18n}/**',
    ['**/features/**', '@latchkey/*', '!@latchkey/contract', '!@latchkey/contract/*'],
    'Data and session know no feature.',
  ),
  arrow(
    'apps/bff/src/zitadel/**',
    ['**/store/**', '**/http/static*', '**/users/**', '**/factors/**', '**/login-policy/**', '**/audit/**'],
    'The ZITADEL room knows proto, not our tables and features.',
  ),
  arrow(
    'apps/bff/src/http/**',
    ['**/users/**', '**/factors/**', '**/login-policy/**', '**/reset/**', '**/activity/**', '**/zitadel/**'],
    'http knows no feature.',
  ),
  arrow(
    'apps/bff/src/store/**',
    ['**/users/**', '**/factors/**', '**/login-policy/**', '**/http/**', '**/zitadel/**', '**/session/**'],
    'The store knows no feature.',
  ),
  arrow(
    'apps/identity/src/domain/**',
    [
      '../store/**',
      '../commands/**',
      '../rpc/**',
      '../oidc/**',
      '../transport/**',
      '../seed/**',
      '@latchkey/*',
      'kysely*',
      'express*',
    ],
    'The domain imports nothing.',
  ),
  arrow(
    'apps/identity/src/store/**',
    ['../commands/**', '../rpc/**', '../oidc/**', '../transport/**', '../seed/**'],
    'The store knows the domain only.',
  ),
  arrow(
    'apps/identity/src/commands/**',
    ['../rpc/**', '../oidc/**', '../transport/**', '../seed/**'],
    'Commands know the domain and the store.',
  ),
  arrow(
    'apps/identity/src/transport/**',
    ['../rpc/**', '../oidc/**', '../store/**', '../commands/**', '../domain/**', '../seed/**'],
    'Transport carries calls; it does not know them.',
  ),
);
