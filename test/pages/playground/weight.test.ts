// The page is opened over mobile data at a gate: what a visitor has to load is kept small.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { buildPages } from '../../../scripts/build-pages.ts';

const pages = await mkdtemp(join(tmpdir(), 'dudao-weight-'));
afterAll(() => rm(pages, { recursive: true }));

it('weighs at most 60 kB gzipped, styles and picture included', async () => {
  await buildPages(pages);
  const entries = await readdir(join(pages, 'playground'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const weights = await Promise.all(files.map(async (file) => gzipSync(await readFile(file)).length));
  expect(new Set(files.map((file) => file.split('.').pop()))).toEqual(new Set(['css', 'html', 'js', 'svg']));
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(60_000);
});
