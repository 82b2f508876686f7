// Runs after `npm ci` (postinstall): makes what git does not keep, that is the Prisma client in src/store/generated and
// the built pages in dist/pages.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildPages } from './build-pages.ts';

const root = join(import.meta.dirname, '..');

generatePrismaClient();
await buildPages();

/**
 * `prisma generate` wants to download a schema engine, which it does not use and which a closed network refuses.
 * The variable names an executable that is sure to exist, and the download does not happen.
 */
function generatePrismaClient(): void {
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
  execFileSync(process.execPath, [prisma, 'generate', '--no-hints'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
}
