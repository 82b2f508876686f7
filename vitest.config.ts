import { defineConfig } from 'vitest/config';

/** Folders of pure code: no database, no process, nothing that one file could leave to the next. */
const unit = ['test/domain/**/*.test.ts', 'test/cards/**/*.test.ts'];

/** Real databases, sockets and a browser share two cores: who failed is asked once more, and a second no counts. */
const real = {
  pool: 'forks',
  retry: 1,
  globalSetup: 'test/support/cluster.ts',
  testTimeout: 30_000,
  hookTimeout: 30_000,
} as const;

/** Whole weeks played, processes killed, faults at random: minutes of work. `npm run test:long` runs them, and CI beside the others. */
const long = ['test/**/*.long.test.ts'];

export default defineConfig({
  test: {
    // Both cores of a small machine: much of the time is spent waiting for databases and browsers.
    maxWorkers: '100%',
    projects: [
      { test: { name: 'unit', include: unit, pool: 'threads', isolate: false } },
      { test: { name: 'db', include: ['test/**/*.test.ts'], exclude: [...unit, ...long], ...real } },
      { test: { name: 'long', include: long, ...real } },
    ],
  },
});
