// Three kinds of tests, told apart by name and place only: no list of files anywhere.
// The Remix plugin stays out of it (this file takes precedence over vite.config.ts); package imports (#app, #engine) resolve by themselves.
import { defineConfig } from 'vitest/config';

const NEVER = ['**/node_modules/**', '**/.hashinsight/**', '**/build/**'];

export default defineConfig({
  // The JSX of React 18, as in tsconfig.json.
  esbuild: { jsx: 'automatic' },
  test: {
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx,mjs}'],
          exclude: [...NEVER, '**/*.int.test.*', 'tests/e2e/**'],
          setupFiles: ['tests/support/console-guard.ts'],
          // No test judges time; a busy machine must not either.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          include: ['**/*.int.test.{ts,mjs}'],
          exclude: [...NEVER, 'tests/e2e/**'],
          setupFiles: ['tests/support/console-guard.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: NEVER,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
