// A dashboard is opened on a phone too: what comes before the charts is kept small, and the charts come only when seen.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { buildPages } from '../../../scripts/build-pages.ts';

const pages = await mkdtemp(join(tmpdir(), 'dudao-weight-'));
afterAll(() => rm(pages, { recursive: true }));

it('weighs at most 60 kB gzipped without the charts, which are a file of their own', async () => {
  await buildPages(pages);
  const folder = join(pages, 'dashboard');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const charts = files.filter((file) => file.includes('draw-chart'));
  expect(charts).toHaveLength(1);
  expect(await readFile(join(folder, 'index.html'), 'utf8')).not.toContain('draw-chart');
  const others = files.filter((file) => !charts.includes(file));
  const weights = await Promise.all(others.map(async (file) => gzipSync(await readFile(file)).length));
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(60_000);
});
