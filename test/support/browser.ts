// One real browser for the tests that need it: the one that came with `npm ci`, or the machine's own (CHROMIUM_PATH).

import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

let launched: Promise<Browser> | null = null;

/** Launches the browser at the first call of a test file and gives the same one afterwards. */
export const browser = (): Promise<Browser> => {
  launched ??= launch();
  return launched;
};

const launch = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: process.env.CHROMIUM_PATH || (await chromium.executablePath()),
    // Not chromium.args: they switch web security off. No sandbox: tests run as root in containers, on our own pages only.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });

export const closeBrowser = async (): Promise<void> => {
  const running = launched;
  launched = null;
  await (await running)?.close();
};

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };
