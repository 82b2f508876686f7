import { defineConfig } from 'vitest/config';

/** Folders of pure code: no database, no process, nothing that one file could leave to the next. */
const unit = ['test/domain/**/*.test.ts', 'test/cards/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: unit, pool: 'threads', isolate: false } },
      {
        test: {
          name: 'db',
          include: ['test/**/*.test.ts'],
          exclude: unit,
          pool: 'forks',
          globalSetup: 'test/support/cluster.ts',
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
