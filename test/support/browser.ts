// One real browser for the tests that need it: the one that came with `npm ci`, or the machine's own (CHROMIUM_PATH).
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import chromium, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

let launched: Promise<Browser> | null = null;

/** Launches the browser at the first call of a test file and gives the same one afterwards. */
export const browser = (): Promise<Browser> => {
  launched ??= launch();
  return launched;
};

const launch = async (): Promise<Browser> => {
  const own = process.env.CHROMIUM_PATH;
  const home = own ? null : await unpacked();
  return playwright.launch({
    executablePath: own ?? join(home ?? '', 'chromium'),
    // Not chromium.args: they switch web security off. No sandbox: tests run as root in containers, on our own pages only.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    env: { ...process.env, ...(home ? forBareMachines(home) : {}) } as Record<string, string>,
  });
};

/** The package unpacks itself into the temp folder, for anybody; test files that start together must not share half a browser. */
const unpacked = async (): Promise<string> => {
  const packed = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
  const { version } = createRequire(import.meta.url)(join(packed, 'package.json')) as { version: string };
  const home = join(tmpdir(), `dudao-chromium-${version}-${userInfo().uid}`);
  if (existsSync(home)) return home;
  const temp = process.env.TMPDIR;
  const fresh = await mkdtemp(join(tmpdir(), 'dudao-chromium-'));
  process.env.TMPDIR = fresh;
  try {
    await chromium.executablePath();
    await inflate(join(packed, 'bin/al2023.tar.br'));
  } finally {
    if (temp === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temp;
  }
  // Whoever was faster has put the same there.
  await rename(fresh, home).catch(() => rm(fresh, { recursive: true, force: true }));
  return home;
};

const libraryFolders = ['/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu', '/lib64', '/usr/lib64', '/usr/lib'];

/** Libraries and fonts that a machine without a desktop may lack: they came along. */
const forBareMachines = (home: string): Record<string, string> => ({
  ...(libraryFolders.some((folder) => existsSync(join(folder, 'libnss3.so')))
    ? {}
    : { LD_LIBRARY_PATH: join(home, 'al2023/lib') }),
  ...(existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(home, 'fonts') }),
});

export const closeBrowser = async (): Promise<void> => {
  const running = launched;
  launched = null;
  await (await running)?.close();
};

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };
