import { defineConfig } from '@lingui/cli';

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de', 'fr', 'es', 'it', 'pt', 'pl', 'ja', 'zh', 'ar'],
  // The words of the reset are many and come with its pages: nobody waits for them on the first one.
  catalogs: [
    {
      path: '<rootDir>/src/i18n/locales/{locale}',
      include: ['<rootDir>/src'],
      exclude: ['**/*.test.*', '**/features/reset/**', '**/features/not-me/**'],
    },
    {
      path: '<rootDir>/src/features/reset/locales/reset-{locale}',
      include: ['<rootDir>/src/features/reset', '<rootDir>/src/features/not-me'],
      exclude: ['**/*.test.*'],
    },
  ],
  format: 'po',
  formatOptions: { lineNumbers: false, origins: false },
  orderBy: 'message',
});
