// Builds the pages for the browser into dist/pages, quietly. Run after `npm install`, and by the browser tests.

import { build } from 'vite';
import { PAGES, pageConfig } from '../vite.config.ts';

/** Builds every page; `outDir` is dist/pages unless said otherwise. Throws when a page does not build. */
export const buildPages = async (outDir?: string): Promise<void> => {
  for (const page of PAGES) {
    await build({ ...pageConfig(page, outDir), configFile: false, logLevel: 'warn' });
  }
};

if (import.meta.main) await buildPages();
