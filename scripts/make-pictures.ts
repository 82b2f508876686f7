// For developers: `node scripts/make-pictures.ts` makes the pictures of docs/images, from a day of the demo and from nine
// simulated days; `node scripts/make-pictures.ts form` only those of the form. The machine needs a font with Chinese characters.
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { benchToken, startBenchService } from '../bench/support/service.ts';
import { type RunningService, startService } from '../src/commands/serve.ts';
import { layFoundation } from '../src/compose/foundation.ts';
import { simulate } from '../src/compose/simulation.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { browser, closeBrowser, DESK, PHONE } from '../test/support/browser.ts';
import { loginLink } from '../test/support/login-link.ts';
import { playgroundClient } from '../test/support/playground-client.ts';

const folder = join(import.meta.dirname, '../docs/images');
const log = createLog({ level: 'silent' });

const playgroundPictures = async (chromium: Browser): Promise<void> => {
  const service = await startBenchService({ CLOCK_START: '2022-04-19T08:25:00+08:00' });
  try {
    const page = await chromium.newPage({ viewport: DESK, locale: 'zh-CN', reducedMotion: 'reduce' });
    page.setDefaultTimeout(30_000);
    await page.goto(`${service.url}/playground`);
    await page
      .getByRole('button', { name: /东区组团督导群/ })
      .first()
      .click();
    await page.getByRole('button', { name: /到下一个时段/ }).click();
    await page
      .getByRole('heading', { name: /东区组团 · 4月19日（周二）检查安排/ })
      .first()
      .waitFor();
    await page.getByText('08:30', { exact: true }).first().waitFor();
    const skip = page.getByRole('button', { name: '跳过提示' });
    if (await skip.isVisible()) await skip.click();
    await page.getByRole('button', { name: /到下一个时段/ }).waitFor();
    await page.screenshot({ path: join(folder, 'playground.png') });
  } finally {
    await service.close();
  }
};

/** A service in the afternoon of the ninth day, with everything that simulated people did until then. */
const startNinthDay = async (dataDir: string): Promise<RunningService> => {
  const config = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    CAMPAIGN_START: '2022-04-19',
    CLOCK_START: '2022-04-27T20:10:00+08:00',
  });
  const foundation = await layFoundation(config, log, true);
  try {
    await simulate(foundation, config, log, { from: '2022-04-19', to: '2022-04-27', seed: 1 });
  } finally {
    await foundation.close();
  }
  return startService(config, log);
};

const shapes = { phone: PHONE, desk: DESK } as const;

const views: readonly {
  readonly name: string;
  readonly hash: string;
  readonly ready: (page: Page) => Promise<unknown>;
}[] = [
  { name: 'dashboard', hash: '#/', ready: (page) => page.locator('.board .spark-line').first().waitFor() },
  {
    name: 'dashboard-findings',
    hash: '#/findings?group=to_fix',
    ready: (page) => page.locator('.rows .row').first().waitFor(),
  },
];

const dashboardPictures = async (chromium: Browser): Promise<void> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'dudao-pictures-'));
  await chmod(dataDir, 0o755);
  const service = await startNinthDay(dataDir);
  try {
    for (const [shape, viewport] of Object.entries(shapes)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await chromium.newPage({ viewport, colorScheme, locale: 'zh-CN', reducedMotion: 'reduce' });
        page.setDefaultTimeout(30_000);
        await page.goto(await loginLink(service, 'commander'));
        await page.getByRole('button').click();
        for (const { name, hash, ready } of views) {
          await page.goto(`${service.url}/${hash}`);
          await ready(page);
          await page.waitForLoadState('load');
          await page.screenshot({ path: join(folder, `${name}-${shape}-${colorScheme}.png`) });
        }
        if (process.argv.includes('--whole')) {
          await page.goto(`${service.url}/#/`);
          await page.locator('.board').waitFor();
          await page.locator('.chart').last().scrollIntoViewIfNeeded();
          await page.locator('canvas').last().waitFor();
          await page.screenshot({ path: `/tmp/whole-${shape}-${colorScheme}.png`, fullPage: true });
        }
        await page.close();
      }
    }
  } finally {
    await service.close();
    await rm(dataDir, { recursive: true, force: true });
  }
};

/** A checklist as it comes, with the first item ticked. */
const formPictures = async (chromium: Browser): Promise<void> => {
  const service = await startBenchService({ CLOCK_START: '2022-04-19T08:25:00+08:00' });
  try {
    const play = playgroundClient(service.url, benchToken);
    await play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
    const assignments = await play.all<{ kind: string; person: string; compoundName: string }>(
      '/assignments?on=2022-04-19',
    );
    const one = assignments.find(({ kind }) => kind === 'zone');
    if (!one) throw new Error('nobody has an assignment');
    await play.say(one.person, `person:${one.person}`, `/表单 ${one.compoundName}`);
    let url: string | undefined;
    while (url === undefined) {
      await setTimeout(200);
      const actions = (await play.messages(`person:${one.person}`, one.person)).flatMap(
        ({ card }) => card?.actions ?? [],
      );
      url = actions.map((action) => (action as { url?: string }).url).find((to) => to?.includes('/form/'));
    }
    for (const [shape, viewport] of Object.entries(shapes)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await chromium.newPage({ viewport, colorScheme, locale: 'zh-CN', reducedMotion: 'reduce' });
        await page.goto(url);
        await page.locator('input[name="not_done"]').first().check();
        await page.screenshot({ path: join(folder, `form-${shape}-${colorScheme}.png`) });
        await page.close();
      }
    }
  } finally {
    await service.close();
  }
};

const kinds = { playground: playgroundPictures, dashboard: dashboardPictures, form: formPictures };
const wanted = process.argv.slice(2).filter((argument) => argument in kinds);

await mkdir(folder, { recursive: true });
try {
  const chromium = await browser();
  for (const [kind, make] of Object.entries(kinds)) {
    if (wanted.length === 0 || wanted.includes(kind)) await make(chromium);
  }
} finally {
  await closeBrowser();
}
