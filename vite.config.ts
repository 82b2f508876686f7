// How the pages for the browser are built. The service itself is never built: Node runs its TypeScript as it is.
// Each page is a folder of src/pages and is served under its own path, so that each has a small bundle of its own.

import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Pages are opened in the built-in browsers of WeCom, DingTalk and WeChat on a five-year-old phone. */
const OLD_WEB_VIEWS = ['chrome80', 'safari13.1'];

export const PAGES = ['playground', 'dashboard', 'form', 'pack'] as const;
export type Page = (typeof PAGES)[number];

/** The form's HTML is made by the service: only its script and style are built, as plain files under fixed names. */
const asOneScript = {
  input: [here('./src/pages/form/main.ts'), here('./src/pages/form/form.css')],
  output: { entryFileNames: 'form.js', assetFileNames: 'form[extname]' },
};

/** Vite's configuration for one page; `outDir` gets a folder for the page. */
export const pageConfig = (page: Page, outDir = here('./dist/pages')): UserConfig => ({
  root: here(`./src/pages/${page}`),
  base: `/${page}/`,
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: `${outDir}/${page}`,
    emptyOutDir: true,
    target: OLD_WEB_VIEWS,
    cssTarget: OLD_WEB_VIEWS,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The charts' library, which is fetched only where a chart comes into sight.
    chunkSizeWarningLimit: 600,
    ...(page === 'form' ? { rolldownOptions: asOneScript } : {}),
  },
  server: { proxy: { '^/(playground|dashboard)/api': 'http://127.0.0.1:3000' } },
});

export default defineConfig(pageConfig('playground'));
